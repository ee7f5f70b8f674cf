from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Call, Command, Condition, Import
from mlops_scan.facts.shell import commands, facts


def test_a_command_knows_what_a_pipe_feeds_it() -> None:
    text = "sudo a 1 | b | c && d\ne |\n  f; g || h"
    fed = {command.run: command.fed for command in commands(text, 1)}
    assert fed == {"a 1": "", "b": "a 1", "c": "b", "d": "", "e": "", "f": "e", "g": "", "h": ""}


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("python serve.py &", [True]),
        ("nohup python serve.py > log 2>&1 &\npython check.py", [True, False]),
        ('up() {\n  nohup "$@" &\n}\nup python serve.py', [True]),
        ("up() {\n  nohup python $2 &\n  sleep 2\n}\nup a a.py\nup b b.py", [True, True]),
        ('start "Service" cmd /k python serve.py', [True]),
        ("Start-Process python serve.py -Wait", [False]),
        ("python a.py && python b.py", [False, False]),
        ("python a.py &\npython b.py &\nwait", [False, False, False]),
    ],
)
def test_what_goes_on_in_the_background(text: str, beside: list[bool]) -> None:
    assert [command.beside for command in commands(text, 1)][-len(beside) :] == beside


def test_a_command_knows_the_file_that_it_writes_to() -> None:
    text = "a < x > y.yaml 2>&1\nb >> z; c 2> /dev/null | d\ncat <<EOF >w.yaml\ne\nEOF"
    into = {command.run: command.into for command in commands(text, 1)}
    assert into == {"a": "y.yaml", "b": "z", "c": "", "d": "", "cat": "w.yaml"}


def runs(text: str) -> list[str]:
    return [command.run for command in commands(text, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pip install x && pytest -q", ["pip install x", "pytest -q"]),
        ("a; b | c || d", ["a", "b", "c", "d"]),
        ("python -c \"print('has a model')\" || make train", ["python -c print('has a model')"]),
        ("echo none || make train; make a", ["echo none", "make a"]),
        ("python -c \"print(open('m'))\" || make train", ["python -c print(open('m'))", "make train"]),
        ("test -f m || make train", ["test -f m", "make train"]),
        ("python3 train.py", ["python train.py"]),
        (".venv/bin/python -u -m churn.train", ["python -m churn.train"]),
        ("poetry run python -m pytest", ["python -m pytest"]),
        ("uv run --with mlflow --frozen pytest tests", ["pytest tests"]),
        ("uv run -m churn.train --epochs 3", ["python -m churn.train --epochs 3"]),
        ("uv run -m invoke train", ["invoke train"]),
        ("python -m dvc repro", ["dvc repro"]),
        ("python -m churn.invoke train", ["python -m churn.invoke train"]),
        ("conda run -n env python train.py", ["python train.py"]),
        ("hatch run test", ["test"]),
        ("coverage run --source churn -m pytest", ["python -m pytest"]),
        ("npx serverless@3.40.0 deploy", ["serverless deploy"]),
        ("npx --yes @org/tool@2 run", ["@org/tool run"]),
        ("pnpm dlx eslint src", ["eslint src"]),
        ("npm exec -- jest", ["jest"]),
        ("npm run lint", ["npm run lint"]),  # a task, and no program
        ("uvx ruff@0.6 check .", ["ruff check ."]),
        ("pipx run black==24.1 --check .", ["black --check ."]),
        ("sudo -u ml env A=1 nohup ./run.sh > log 2>&1 &", ["./run.sh"]),
        ("timeout 30 curl x", ["curl x"]),
        ("gosu app python train.py", ["python train.py"]),
        ("sudo -u me timeout 60 bash -c 'a && b'", ["a", "b"]),
        ("/usr/bin/wait_for_it.sh db:5432 -t 30 -- python train.py", ["python train.py"]),
        ("dotenv -f .env run -- python train.py", ["python train.py"]),
        ("dockerize -wait tcp://db:5432 python train.py", ["python train.py"]),
        ("ddtrace-run python app.py", ["ddtrace-run python app.py", "python app.py"]),  # what watches matters, too
        ("op item get x", ["op item get x"]),
        ("grep -- a.py b.py", ["grep -- a.py b.py"]),  # only some run what stands behind two dashes
        ("A=1 B=2 make train", ["make train"]),
        ("S=train.py\npython $S", ["python train.py"]),
        ("RUN=$(az ml job create -f job.yml)", ["az ml job create -f job.yml"]),
        (
            'export ID="$(databricks jobs create --json-file a.json | jq .id)"',
            ["databricks jobs create --json-file a.json", "jq .id"],
        ),
        ('echo "$(date)"', ["date", "echo $(date)"]),
        ('echo "good=$(python gate.py)" >> $OUT', ["python gate.py", "echo good=$(pythongate.py)"]),
        ('if [ "$(python gate.py)" = "1" ]; then ls; fi', ["python gate.py", "[ $(pythongate.py) = 1 ]", "ls"]),
        ('echo "$((1 + 2))"', ["echo $((1 + 2))"]),
        ("export S=train.py; python ${S}", ["python train.py"]),
        ('echo "python evil.py && rm"', ["echo python evil.py && rm"]),
        ("# pytest", []),
        ("ls # pytest", ["ls"]),
        ("if [ -f x ]; then\n  make a\nelse\n  make b\nfi", ["[ -f x ]", "make a", "make b"]),
        ('bash -lc "make a; make b"', ["make a", "make b"]),
        ("docker build -t ${{ env.A }}:1 .", ["docker build -t ${{env.A}}:1 ."]),
        ("az deploy -n $(NAME) -g x", ["az deploy -n $(NAME) -g x"]),
        ("python - <<'PY'\nimport os\nPY\nmake x", ["python -", "make x"]),
        ("ssh host <<EOF\ndocker restart a\nEOF", ["ssh host", "docker restart a"]),
        ('ssh host "cd app && make train"', ["ssh host cd app && make train", "make train"]),
        ("used() {\n  a\n}\nunused() {\n  b\n}\nused x", ["a", "used x"]),
        ("lib() {\n  a\n}\nother() {\n  b\n}", ["a", "b"]),
        ('one() {\n  a\n}\n"$@"', ["a", "$@"]),
        ('run() {\n  echo "+ $*"\n  "$@"\n}\nrun pytest -q', ["echo + $*", "$@", "pytest -q"]),
        ('far() {\n  ssh host "$1"\n}\nfar "cd x && ls -l"', ["ssh host $1", "ssh host cd x && ls -l", "ls -l"]),
        ('say() {\n  echo "$1"\n}\nsay pytest', ["echo $1", "say pytest"]),  # runs nothing of what it is given
        ('two() {\n  ls "$1"\n  rm "$1"\n}\ntwo x', ["ls $1", "rm $1", "two x"]),
        ('again() {\n  again "$@"\n}\nagain x', ["again $@", "again x"]),
        ("sshpass -p x ssh host ls", ["ssh host ls"]),
        ("cat <<EOF > f\npytest\nEOF", ["cat"]),
        ("docker run \\\n  -p 80:80 \\\n  image", ["docker run -p 80:80 image"]),
        ("echo 'unbalanced", ["echo 'unbalanced"]),
    ],
)
def test_programs_are_told_from_what_surrounds_them(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


def test_each_command_has_its_own_line() -> None:
    assert [(c.line, c.run) for c in commands("a\n\nb \\\n  c\nd", 10)] == [(10, "a"), (12, "b c"), (14, "d")]


@pytest.mark.parametrize(
    ("text", "tolerated"),
    [
        ("pytest | tee log", True),
        ("pytest |& tee log", True),
        ("cat names | pytest", False),
        ("set -o pipefail\npytest | tee log", False),
        ("pytest | tee log\nexit ${PIPESTATUS[0]}", False),
    ],
)
def test_of_a_pipe_the_last_command_may_be_the_one_that_tells(text: str, tolerated: bool) -> None:
    found = [fact for fact in facts(text, 1, last_tells=True) if isinstance(fact, Command) and fact.run == "pytest"]
    assert [command.tolerated for command in found] == [tolerated]
    assert [command.tolerated for command in commands(text, 1) if command.run == "pytest"] == [False]


@pytest.mark.parametrize(
    ("text", "tolerated"),
    [
        ("pytest || true", True),
        ("pytest || echo no tests", True),
        ("pytest || exit 1", False),
        ("pytest || exit 2", False),
        ("pytest || exit 0", True),
        ("pytest || {\n  echo failed\n}\nexit 1", True),
        ("pytest || {\n  echo failed\n  exit 1\n}", False),
        ("pytest || { echo failed; exit 1; }\necho fine", False),
        ("pytest || { echo failed; }\nexit 1", True),
        ("pytest || exit 1; notify || { echo x; }", False),
        ('pytest || ( echo "failed"; exit 1 )', False),
        ("pytest || { echo skipped; exit 0; }", True),
        ("pytest", False),
        ("set +e\npytest", True),
    ],
)
def test_a_failure_that_is_forgiven_is_tolerated(text: str, tolerated: bool) -> None:
    found = [command for command in commands(text, 1) if command.run == "pytest"]
    assert [command.tolerated for command in found] == [tolerated]


@pytest.mark.parametrize(
    ("text", "directory"),
    [
        ("cd src && x", "src"),
        ("cd a\ncd ../b\nx", "b"),
        ("cd $HOME; x", ""),
        ("cd /tmp && x", ""),
        ("cd a/b && cd .. && x", "a"),
    ],
)
def test_directories_are_followed(text: str, directory: str) -> None:
    assert list(commands(text, 1))[-1] == Command(line=text.count("\n") + 1, run="x", directory=directory)


def test_code_that_a_command_holds() -> None:
    text = "a\npython - <<'PY'\nfrom churn import train\nif f1 < 0.8:\n    raise SystemExit(1)\ntrain.run()\nPY\npython -c 'import os; os.system(\"make x\")'"
    found = list(facts(text, 10, "job"))
    assert [(f.line, f.name) for f in found if isinstance(f, Call) and "churn" in f.name] == [(15, "churn.train.run")]
    assert [(f.line, f.end, f.stops) for f in found if isinstance(f, Condition)] == [(13, 14, "run")]
    assert [(f.line, f.run) for f in found if isinstance(f, Command)][-2:] == [
        (17, 'python -c import os; os.system("make x")'),
        (17, "make x"),
    ]
    assert {f.unit for f in found if isinstance(f, (Call, Command, Import, Condition))} == {"job"}
    assert not [
        f
        for f in facts("python - <<'PY' || true\nassert f1 > 0.8\nPY\npython -c 'not ( python'", 1)
        if isinstance(f, Condition)
    ]


ADDRESS = "https://huggingface.co/spaces/churn/demo"


@pytest.mark.parametrize(
    ("text", "push"),
    [
        (f"git clone {ADDRESS} site\ncd site\ngit push", f"git push {ADDRESS}"),
        (f'D=$(mktemp -d)\ngit clone {ADDRESS} "$D"\ncd "$D"\ngit push origin main', f"git push origin main {ADDRESS}"),
        (f"git clone --depth=1 {ADDRESS}.git\ncd demo\ngit push -f", f"git push -f {ADDRESS}.git"),
        (f"git remote add hf {ADDRESS}\ngit push --force hf main", f"git push --force hf main {ADDRESS}"),
        (f"git remote set-url hf {ADDRESS}\ncd app\ngit push hf main", f"git push hf main {ADDRESS}"),
        (f"git clone {ADDRESS} site\ngit push", "git push"),  # of the folder around, not of the clone
        (f"git clone {ADDRESS} site\ncd site\ncd ..\ngit push", "git push"),
        (f"git remote add hf {ADDRESS}\ngit push", "git push"),
        (f"git remote add hf {ADDRESS}\ngit push origin main", "git push origin main"),
        (f"git remote get-url hf {ADDRESS}\ngit push hf main", "git push hf main"),
    ],
)
def test_a_push_goes_where_its_remote_is(text: str, push: str) -> None:
    assert runs(text)[-1] == push


@pytest.mark.parametrize(
    ("text", "runs_last"),
    [
        ("test -f m.pkl && echo found || python train.py", True),
        ("false; echo started || python train.py", False),
        ("echo started || python train.py", False),
        ("test -f a || echo none || python train.py", False),
    ],
)
def test_what_stands_behind_what_cannot_fail_never_runs(text: str, *, runs_last: bool) -> None:
    assert ("python train.py" in {command.run for command in commands(text, 1)}) is runs_last


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('files=(\n  "prepare.py"\n  # then\n  run.sh\n)\npython train.py\n', ["python train.py"]),
        ("files=(prepare.py run.sh)\npython train.py\n", ["python train.py"]),
        ("files+=(run.sh); python train.py\n", ["files+=", "python train.py"]),
        ("(\n  python prepare.py\n)\n", ["python prepare.py"]),
        ('echo "a=("\npython train.py\n', ["echo a=(", "python train.py"]),
    ],
)
def test_the_words_of_an_array_are_no_commands(text: str, runs: list[str]) -> None:
    assert [command.run for command in commands(text, 1)] == runs
