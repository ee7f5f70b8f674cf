from __future__ import annotations

import pytest

from mlops_scan.masks import concealed, masked, value
from mlops_scan.reports import stated
from mlops_scan.secret import names
from mlops_scan.steps import Step

KEY = "ghp_" + "0123456789" * 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mlflow --password hunter2 x", "mlflow --password *** x"),
        ("mlflow --password='hunter2' x", "mlflow --password='***' x"),
        ("export AWS_SECRET_ACCESS_KEY=ab/c+d python x.py", "export AWS_SECRET_ACCESS_KEY=*** python x.py"),
        ("curl -u bob:pw https://x", "curl -u *** https://x"),
        ("git push https://bob:pw@host/x", "git push https://***@host/x"),
        ("client.login(token='abc')", "client.login(token='***')"),
        ("x --password 'hun ter2' --lr 1", "x --password '***' --lr 1"),
        ("x --password='hun'ter2 --lr 1", "x --password=*** --lr 1"),
        ('login(token=decode("hun ter2"), lr=1)', "login(token=***, lr=1)"),
        ('token: str = "hunter2"  # x', 'token: *** = "***"  # x'),
        ("x ${API_TOKEN:-hunter2} y", "x ${API_TOKEN:-***} y"),
        ('getenv("A"); api_key = os.getenv("B", "hunter2")', 'getenv("A"); api_key = ***'),
        ("dvc remote modify --local r password hunter2", "dvc remote modify --local r password ***"),
        ("aws configure set aws_secret_access_key hunter2 --x", "aws configure set aws_secret_access_key *** --x"),
        (
            "docker login -u ada -p hunter2 x && docker run -p 80:80 x",
            "docker login -u ada -p *** x && docker run -p 80:80 x",
        ),
        ("curl -H 'Authorization: Basic aHVudGVyMg==' x", "curl -H 'Authorization: Basic ***' x"),
        ("git clone https://a:p@ss@host/x", "git clone https://***@host/x"),
        ("echo h8Kd2/Qm+v3XzP0aRtY7bNcE5uWf1LgS9iJo4TqB", "echo ***"),
        ('{"api_key": "abc", "x": 1}', '{"api_key": "***", "x": 1}'),
        ("curl -H 'X: Bearer abcdefgh1234'", "curl -H 'X: Bearer ***'"),
        (f"echo {KEY} | docker login", "echo *** | docker login"),
        ("az --connection-string AccountName=a;AccountKey=" + "a" * 40, "az --connection-string ***"),
    ],
)
def test_values_of_secrets_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert concealed((Step("a.yml", 1, text),)) == (Step("a.yml", 1, shown),)


@pytest.mark.parametrize(
    "text",
    [
        *("docker login -p $TOKEN", "x --api-key=${{ secrets.K }}", "x --password=$(cat f)", "calls get_secret_value"),
        *("train.py --token-path models/x", "train.py --max-tokens 50", "tokenizer = AutoTokenizer", "token_count: 5"),
        *(
            "login(token=os.environ[K])",
            "decides by token, auc",
            "docker login --password-stdin",
            "trains: secretary.fit",
        ),
        *(
            "docker run -e API_KEY churn",
            "docker run -v $PWD:/app churn",
            "pull ecr.example/auth:latest x",
            "mkdir -p x",
        ),
        "job rotate-key: python rotate.py",
        *(
            "uses actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
            "cd x && pwd && ls",
            "-w ${{ secrets.PW }}",
        ),
        *(
            "pytest tests/test_auth -q",
            "python -m churn.auth train",
            "Bearer $TOKEN",
            '"$USER:$TOKEN"',
            "api_key: !Ref Key",
        ),
        *("schedule 0 3 * * 1", "python -m churn.train --lr 0.1", "deploys: kubectl apply -f k8s/", "password=None"),
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


def test_names_tell_what_is_a_secret() -> None:
    known = ("password", "db.password", "apiKey", "clientSecret", "AWS_SECRET_ACCESS_KEY", "hf-token", "with.api_key")
    assert all(map(names, known))
    assert not any(map(names, ("tokenizer", "token_count", "secretName", "db_password_file", "bypass", "compass")))
    assert value("db.password", "hunter2") == "***"
    assert value("db.password", "${PW}") == "${PW}"
    assert value("name", "churn") == "churn"
    assert value("max_tokens", "50") == "50"
    assert value("tokens", "hunter2") == "***"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("train.py", "import hub\nhub.login(token='hunter2')\n"),
        ("params.yaml", "db:\n  password: hunter2\n"),
        (".env.toml", 'api_key = "hunter2"\n'),
        ("main.tf", 'resource "db" "a" {\n  password = "hunter2"\n}\n'),
        ("Dockerfile", "FROM x\nENV API_KEY=hunter2\nRUN login --token hunter2\n"),
    ],
)
def test_the_facts_of_a_file_show_no_secret(path: str, text: str) -> None:
    told = "\n".join(stated.lines(path, text.encode()))
    assert "hunter2" not in told
    assert "***" in told
