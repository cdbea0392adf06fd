"""The program says what it means: names with one meaning, sentences with a verb, no filler."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "workshop"
FILES = sorted(path for path in PACKAGE.rglob("*.py"))
FILLERS = frozenset(("one", "found", "known", "made", "kept", "said"))
VAGUE_FUNCTIONS = frozenset(("of", "begin", "keep", "told"))
SCOPES = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
# Calls whose second text is what is told to a user.
TELLING = frozenset(("error", "warn", "of", "single", "Diagnostic", "Mistake", "Fault"))
# Verbs that the program's sentences begin with. One that is missing here may be added.
_VERBS = """
accept accepts add adds allow allows answer answers append appends applies apply ask asks attach
attaches become becomes begin begins belong belongs bind binds break breaks bring brings build
builds call calls carries carry catch catches change changes check checks choose chooses clean
cleans close closes collate collates collect collects come comes compare compares compile compiles
complete completes compose composes compute computes convert converts copies copy count counts cut
cuts decide decides define defines deliver delivers derive derives describe describes differ
differs divide divides do draw draws drop drops e-mail e-mails embed embeds end ends enlarge
enlarges fail fails fetch fetches fill fills find finds finish finishes fit fits fix fixes follow
follows forget forgets gather gathers get gets give gives go goes group groups hand hands hear
hears help helps hide hides hold holds import imports impose imposes join joins keep keeps know
knows lack lacks lay lays lead leads leave leaves let lets lie lies limit limits link links list
lists load loads look looks lose loses make makes mark marks match matches mean means measure
measures merge merges move moves name names note notes number numbers offer offers open opens
order orders pack packs pair pairs parse parses part parts pass passes place places plan plans
point points prepare prepares print prints proofread proofreads propose proposes prove proves put
puts raise raises reach reaches read reads receive receives record records refuse refuses release
releases remember remembers remove removes render renders repeat repeats replace replaces report
reports resolve resolves return returns run runs save saves say says scan scans see sees send
sends serve serves set sets settle settles share shares show shows shrink shrinks sort sorts speak
speaks split splits stack stacks stamp stamps stand stands start starts stay stays stop stops
store stores submit submits switch switches take takes tell tells test tests touch touches trace
traces tries trim trims try turn turns type types understand understands use uses validate
validates wait waits walk walks want wants watch watches word words work works wrap wraps write
writes yield yields
"""
# Verbs that are seen to be one wherever they stand.
_PLAIN_VERBS = """
is are was were has have had does do can cannot may must needs becomes begins belongs brings comes
does gets gives goes happens holds keeps knows lets lies makes means puts reads says sees sends
stays takes switch switches tells wants writes
"""
VERBS, PLAIN_VERBS = frozenset(_VERBS.split()), frozenset(_PLAIN_VERBS.split())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def definitions(kinds: tuple[type[ast.AST], ...]) -> Iterator[tuple[Path, ast.AST]]:
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, kinds):
                yield path, node


@pytest.mark.slow
def test_no_class_name_has_two_meanings() -> None:
    places = defaultdict(list)
    for path, node in definitions((ast.ClassDef,)):
        assert isinstance(node, ast.ClassDef)
        places[node.name.lstrip("_")].append(name_of(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_no_file_name_stands_twice() -> None:
    counts = Counter(path.name for path in FILES if path.name != "__init__.py")
    assert {name: count for name, count in counts.items() if count > 1} == {}


def test_no_folder_has_more_than_fifteen_files() -> None:
    tests = (PACKAGE.parent / "tests").rglob("*.py")
    counts = Counter(name_of(path.parent) for path in (*FILES, *tests))
    for folder in ("workshop/cli", "tests/cli"):  # a file for each command
        del counts[folder]
    assert {name: count for name, count in counts.items() if count > 15} == {}


def test_functions_say_what_they_do() -> None:
    vague = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path, node in definitions((ast.FunctionDef, ast.AsyncFunctionDef))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.lstrip("_") in VAGUE_FUNCTIONS
    ]
    assert vague == []


def bound_names(tree: ast.AST) -> list[str]:
    """Return the names that are given in a scope and those inside it, each once in its scope."""
    names, inner, waiting = dict[str, None](), list[str](), [*ast.iter_child_nodes(tree)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names[node.name] = None
        elif isinstance(node, ast.arg):
            names[node.arg] = None
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names[node.name] = None
        if isinstance(node, SCOPES):
            inner += bound_names(node)
        else:
            waiting += ast.iter_child_nodes(node)
    return [*names, *inner]


def test_a_name_is_counted_once_in_each_scope() -> None:
    source = """
def first(one):
    made = made = one.kept
    with one as made, open(one) as file:
        return [said for said in made if (found := said)], lambda known: known
class Known:
    one: int
"""
    names = ["first", "Known", "one", "made", "file", "said", "found", "known", "one"]
    assert sorted(bound_names(ast.parse(source))) == sorted(names)


def test_names_are_seldom_fillers() -> None:
    every, fillers = 0, Counter[str]()
    for path in FILES:
        for name in bound_names(tree_of(path)):
            every += 1
            if name.lstrip("_") in FILLERS:
                fillers[name_of(path)] += 1
    most = ", ".join(f"{path}: {count}" for path, count in fillers.most_common(12))
    assert fillers.total() * 1000 < 5 * every, f"{fillers.total()} of {every}: {most}"


def sentence_of(docstring: str) -> str:
    text = " ".join(docstring.split())
    return re.split(r"(?<=[.!?:]) ", text)[0]


def words_of(sentence: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)?", sentence.lower()) or [""]


def has_verb(sentence: str) -> bool:
    words = words_of(sentence)
    # A question alone has none: “Whether a text is too long.”
    is_question = words[0] == "whether"
    return words[0] in VERBS or (not is_question and any(word in PLAIN_VERBS for word in words))


def test_the_first_sentence_of_a_module_begins_with_a_verb() -> None:
    lacking = []
    for path in FILES:
        docstring = ast.get_docstring(tree_of(path)) or ""
        # A command's module begins with its name: “`workshop which`: tell where …”.
        sentence = sentence_of(re.sub(r"^`workshop [a-z]+`: ", "", docstring))
        if words_of(sentence)[0] not in VERBS:
            lacking.append(f"{name_of(path)}: {sentence}")
    assert lacking == []


def test_the_first_sentence_of_every_class_and_function_has_a_verb() -> None:
    lacking = []
    for path, node in definitions((ast.ClassDef, ast.FunctionDef)):
        assert isinstance(node, ast.ClassDef | ast.FunctionDef)
        docstring = ast.get_docstring(node)
        if not docstring or is_property(node):
            continue
        if not has_verb(sentence_of(docstring)):
            lacking.append(f"{name_of(path)}:{node.lineno} {node.name}: {sentence_of(docstring)}")
    assert lacking == []


def is_property(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """Tell whether a node is a property, which is a thing and not a deed."""
    return any("property" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_what_is_told_ends_without_a_full_stop() -> None:
    ended = []
    for path, node in definitions((ast.Call,)):
        assert isinstance(node, ast.Call)
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        called = node.func.id if isinstance(node.func, ast.Name) else called
        if called in TELLING and len(node.args) > 1:
            message = node.args[1]
            text = last_text(message)
            if text.endswith(".") and not text.endswith(("…", "etc.")):
                ended.append(f"{name_of(path)}:{message.lineno}")
    assert ended == []


def last_text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and node.values:
        return last_text(node.values[-1])
    if isinstance(node, ast.BinOp):
        return last_text(node.right)
    return ""


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Turn a plan into kits.", True),
        ("A plan into kits on disk.", False),
        ("Tell whether a plan is a kit.", True),
        ("Whether a plan is a kit.", False),
    ],
)
def test_a_sentence_without_a_verb_is_seen(sentence: str, verb: bool) -> None:
    assert has_verb(sentence) is verb
