"""Generates grouping.tsv, expressions with CPython's grouping of them, for ExpressionTests.

Run with any Python 3: python3 grouping.py > grouping.tsv
"""
import ast
import random

OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<",
    ast.RShift: ">>", ast.UAdd: "+", ast.USub: "-", ast.Invert: "~", ast.Not: "not",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in", ast.And: "and",
    ast.Or: "or",
}


def grouped(node):
    """The tree as nested lists: (+ a (* b c))."""
    def operator(o):
        return OPERATORS[type(o)]
    match node:
        case ast.Expression():
            return grouped(node.body)
        case ast.Name():
            return node.id
        case ast.Constant(value=value):
            return repr(value)
        case ast.UnaryOp():
            return f"({operator(node.op)} {grouped(node.operand)})"
        case ast.BinOp():
            return f"({operator(node.op)} {grouped(node.left)} {grouped(node.right)})"
        case ast.BoolOp():
            # CPython flattens `a and b and c`; here it groups from the left.
            text = grouped(node.values[0])
            for value in node.values[1:]:
                text = f"({operator(node.op)} {text} {grouped(value)})"
            return text
        case ast.Compare():
            rest = "".join(f" {operator(o)} {grouped(c)}"
                           for o, c in zip(node.ops, node.comparators))
            return f"(compare {grouped(node.left)}{rest})"
        case ast.IfExp():
            return f"(if {grouped(node.test)} {grouped(node.body)} {grouped(node.orelse)})"
        case ast.Attribute():
            return f"(. {grouped(node.value)} {node.attr})"
        case ast.Call():
            parts = [grouped(a) for a in node.args]
            parts += [f"{k.arg}={grouped(k.value)}" for k in node.keywords]
            return " ".join([f"(call {grouped(node.func)}"] + parts) + ")"
        case ast.Subscript():
            index = node.slice
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            return " ".join([f"(index {grouped(node.value)}"] + [grouped(p) for p in parts]) + ")"
        case ast.Slice():
            parts = [node.lower, node.upper, node.step]
            return "(slice " + " ".join("_" if p is None else grouped(p) for p in parts) + ")"
        case ast.List():
            return " ".join(["(list"] + [grouped(e) for e in node.elts]) + ")"
        case ast.Tuple():
            return " ".join(["(tuple"] + [grouped(e) for e in node.elts]) + ")"
        case ast.ListComp():
            text = f"(for {grouped(node.elt)}"
            for generator in node.generators:
                target = generator.target
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                text += f" ({' '.join(n.id for n in names)}) {grouped(generator.iter)}"
                text += "".join(f" {grouped(c)}" for c in generator.ifs)
            return text + ")"
        case ast.Starred():
            return f"*{grouped(node.value)}"


BY_HAND = """
a + b * c
a ** b ** c
-a ** b
-a ** -b ** c
a ** -b
2 ** -1
--a
not not a
not a == b
not a in b
a not in b
a is not b
a is not None
not a is b
a < b <= c != d
a if b else c if d else e
(a if b else c) if d else e
a or b and c
a and b or c and d
not a and b
a or not b
a | b ^ c & d << e + f * g
a << b >> c
a - b - c
a / b * c // d % e
~a ** b
-a.b(c)[d] ** e
-a % b
a + -b
a, b
a,
(a,)
()
(a, b), c
[a, b,]
[]
f(a, b, c=d, e=f,)
f(a if b else c, d=e or f)
f(-1)(2)[3].g
x[1]
x[1,]
x[a:b]
x[a:b:c]
x[::-1]
x[:, 0]
x[1:, ::2, -1]
x[None, :]
x[a < b]
x[:a if b else c]
[e for x in xs]
[x * y for x, y in zip(a, b) if x < y]
[x for x in a or b]
[x for (x, y) in pairs]
[a if b else c for b in d if e or f]
[x for y in z if a if b or c for x, w in y if not d]
[[a for a in b if c] for b in d for c in b]
f(*a, b, *c[0], d=1)
f(*a or b)
a == b if c else d
a in b in c
1 .real
1.5.real
(1).real
x.y.z
'a' 'b' + c
"a" % b
0x_ff + 0b1010 - 0o17
1_000.5e-3 + .5 + 1. + 1e5 + 00
True is not False
None
""".strip().splitlines()


def random_expression(generator, depth):
    if depth == 0 or generator.random() < 0.15:
        return generator.choice(["a", "b", "c", "d", "1", "2"])
    def part():
        return random_expression(generator, depth - 1)
    kind = generator.random()
    if kind < 0.5:
        operator = generator.choice(
            ["+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>"])
        return f"{part()} {operator} {part()}"
    if kind < 0.62:
        return generator.choice(["-", "+", "~"]) + part()
    if kind < 0.7:
        return "not " + part()
    if kind < 0.8:
        operator = generator.choice(
            ["<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not"])
        return f"{part()} {operator} {part()}"
    if kind < 0.9:
        return f"{part()} {generator.choice(['and', 'or'])} {part()}"
    if kind < 0.94:
        return f"{part()} if {part()} else {part()}"
    if kind < 0.97:
        return f"({part()})"
    return f"f({part()})[{part()}]"


def main():
    generator = random.Random(7)
    sources = list(BY_HAND)
    while len(sources) < 400:
        source = random_expression(generator, 4)
        try:
            ast.parse(source, mode="eval")
        except SyntaxError:
            continue
        sources.append(source)
    for source in sources:
        print(f"{source}\t{grouped(ast.parse(source, mode='eval'))}")


main()
