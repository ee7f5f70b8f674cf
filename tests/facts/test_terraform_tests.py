"""Tests of Terraform: a run asserts what it asks of what is planned."""

from __future__ import annotations

import pytest

from mlops_scan.facts import kinds, terraform_tests


@pytest.mark.parametrize(
    ("body", "asserts"),
    [
        ("assert {\n    condition = length(aws_s3_bucket.a) == 1\n  }", True),
        ("expect_failures = [var.name]", True),
        ("assert {\n    condition = true\n  }", False),
        ('module {\n    source = "./setup"\n  }', False),
    ],
)
def test_a_run_asserts_what_it_asks(body: str, asserts: bool) -> None:
    text = f'variables {{}}\n\nrun "one" {{\n  {body}\n}}\n'
    assert terraform_tests.read("a.tftest.hcl", text.encode()).facts == (
        kinds.Test(line=3, name="one", asserts=asserts),
    )


def test_a_file_that_is_no_terraform_has_no_tests() -> None:
    assert terraform_tests.read("a.tftest.hcl", b'run { "').facts == ()
