from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CI = "on: {push: {branches: [main]}}\njobs:\n  infra:\n    runs-on: ubuntu-latest\n    steps:\n      - run: "
AZURE = "trigger: [main]\npool: {vmImage: ubuntu-latest}\nsteps:\n  - task: "
BUCKET = 'resource "google_storage_bucket" "models" {}\n'
SERVICE = 'resource "google_cloud_run_v2_service" "churn" {}\n'
MODULE = 'module "x" {\n  source = "../modules/x"\n}\n'
APPLY = {".github/workflows/infra.yml": f"{CI}terraform -chdir=infra apply -auto-approve\n"}
CREATE = {".github/workflows/infra.yml": f"{CI}az deployment group create -g churn --template-file infra/main.json\n"}
TASK = {
    "azure-pipelines.yml": f"{AZURE}AzureResourceGroupDeployment@2\n"
    '    inputs: {csmFile: "$(Build.SourcesDirectory)/infra/main.json"}\n'
}
TERRAFORM_TASK = {
    "azure-pipelines.yml": f"{AZURE}TerraformTaskV4@4\n"
    '    inputs: {command: apply, workingDirectory: "$(System.DefaultWorkingDirectory)/infra"}\n'
}


BICEP = {".github/workflows/infra.yml": f"{CI}az deployment sub create -l westeurope -f infra/main.bicep\n"}
VAULT = "resource vault 'Microsoft.KeyVault/vaults@2023-02-01' = {}\n"
APP = "resource app 'Microsoft.App/containerApps@2023-05-01' = {}\n"
CALLS = "module x 'modules/x.bicep' = {}\n"


def arm(*types: str) -> str:
    resources = ", ".join(f'{{"type": "{kind}", "name": "x"}}' for kind in types)
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    return f'{{"$schema": "{schema}", "resources": [{resources}]}}'


WORKSPACE = arm("Microsoft.MachineLearningServices/workspaces", "Microsoft.Storage/storageAccounts")
RUN = arm("Microsoft.MachineLearningServices/workspaces", "Microsoft.MachineLearningServices/workspaces/jobs")
INSIDE = {
    ".github/workflows/infra.yml": f"{CI}az deployment group create -f ./main.json\n        working-directory: infra\n"
}
SCRIPT = '{"type": "Microsoft.Resources/deploymentScripts", "name": "x", "properties": {"scriptContent": "wget $1"}}'
JOB = arm("Microsoft.MachineLearningServices/workspaces/jobs").replace("[", f"[{SCRIPT}, ")
SERVING = JOB.replace("wget $1", "az ml online-deployment create")
ENDPOINT = arm("Microsoft.MachineLearningServices/workspaces", "Microsoft.App/containerApps")


@pytest.mark.parametrize(
    "files",
    [
        {**APPLY, "infra/main.tf": BUCKET},
        {**APPLY, "infra/main.tf": MODULE, "modules/x/main.tf": BUCKET},
        {**APPLY, "infra/main.tf": BUCKET, "infra/vars.tfvars.json": "{}", "other/main.tofu": SERVICE},
        {**CREATE, "infra/main.json": WORKSPACE},
        {**CREATE, "infra/main.json": RUN},
        {**INSIDE, "infra/main.json": WORKSPACE},
        {**CREATE, "infra/main.json": JOB},
        {**TASK, "infra/main.json": WORKSPACE},
        {**TERRAFORM_TASK, "infra/main.tf": BUCKET},
        {**BICEP, "infra/main.bicep": VAULT},
        {**BICEP, "infra/main.bicep": VAULT + CALLS, "infra/modules/x.bicep": VAULT},
    ],
    ids=[
        "terraform",
        "module",
        "tofu-away",
        "az",
        "az-run",
        "az-inside",
        "az-job",
        "task",
        "terraform-task",
        "bicep",
        "bicep-module",
    ],
)
def test_what_others_stand_on_is_no_deployment(
    comes_to: Callable[[str, dict[str, str]], bool], files: dict[str, str]
) -> None:
    assert not comes_to("deploys", files)


@pytest.mark.parametrize(
    "files",
    [
        {**APPLY, "infra/main.tf": BUCKET + SERVICE},
        {**APPLY, "infra/main.tf": BUCKET, "infra/service.tf": SERVICE},
        {**APPLY, "infra/main.tf": BUCKET + MODULE, "modules/x/main.tf": SERVICE},
        {**APPLY, "infra/main.tf": BUCKET + MODULE},
        {**APPLY, "other/main.tf": BUCKET},
        {**APPLY, "infra/main.tf": BUCKET, "infra/service.tf.json": '{"resource": {}}'},
        {**APPLY, "infra/main.tf": BUCKET, "infra/service.tofu": SERVICE},
        {**APPLY, "infra/main.tf": BUCKET + MODULE, "modules/x/main.tf": BUCKET, "modules/x/y.tofu": SERVICE},
        {**CREATE, "infra/main.json": ENDPOINT},
        {**CREATE, "infra/main.json": SERVING},
        {**CREATE, "infra/other.json": WORKSPACE},
        {**INSIDE, "infra/main.json": ENDPOINT},
        {**TASK, "infra/main.json": ENDPOINT},
        {**TERRAFORM_TASK, "infra/main.tf": SERVICE},
        {**BICEP, "infra/main.bicep": VAULT + APP},
        {**BICEP, "infra/main.bicep": VAULT + CALLS, "infra/modules/x.bicep": APP},
        {**BICEP, "infra/main.bicep": VAULT + CALLS},
        {**BICEP, "other/main.bicep": VAULT},
    ],
    ids=[
        *(
            "both",
            "beside",
            "module",
            "module-away",
            "away",
            "json",
            "tofu",
            "module-tofu",
            "az",
            "az-serving",
            "az-away",
            "az-inside",
            "task",
            "terraform-task",
        ),
        *("bicep", "bicep-module", "bicep-module-away", "bicep-away"),
    ],
)
def test_what_runs_or_is_not_here_is_one(
    comes_to: Callable[[str, dict[str, str]], bool], files: dict[str, str]
) -> None:
    assert comes_to("deploys", files)
