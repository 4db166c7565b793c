"""The coefficients of the polynomials in docs/arithmetic.md: weighted least squares in high
precision on Chebyshev points, rounded to the precision in which they are used."""
import mpmath as mp
import numpy as np
mp.mp.dps = 50

def fit(f, weight, a, b, degree, points=200):
    # Lawson's iteration: least squares with weights that move towards the largest errors.
    xs = [(a + b) / 2 + (b - a) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * points)) for k in range(points)]
    fs = [f(x) for x in xs]; ws = [weight(x) for x in xs]
    lawson = [mp.mpf(1)] * points
    best = None
    for _ in range(40):
        A = mp.matrix(degree + 1, degree + 1); r = mp.matrix(degree + 1, 1)
        for x, y, w, l in zip(xs, fs, ws, lawson):
            row = [x ** i for i in range(degree + 1)]
            for i in range(degree + 1):
                r[i] += l * w * w * row[i] * y
                for j in range(degree + 1): A[i, j] += l * w * w * row[i] * row[j]
        c = mp.lu_solve(A, r)
        errors = [abs(w * (sum(c[i] * x ** i for i in range(degree + 1)) - y)) for x, y, w in zip(xs, fs, ws)]
        worst = max(errors)
        if best is None or worst < best[0]: best = (worst, [c[i] for i in range(degree + 1)])
        total = sum(l * e for l, e in zip(lawson, errors))
        lawson = [l * e / total * points for l, e in zip(lawson, errors)]
    return best

def show(name, result):
    worst, c = result
    print(name, "error", mp.nstr(worst, 3))
    print("  ", ", ".join(np.format_float_positional(np.float32(float(x)), unique=True) if abs(x)>1e-4 else repr(np.float32(float(x))) for x in c))

# tanh(x) = x + x z P(z), z = x^2 < 0.625^2
g = lambda z: (mp.tanh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z
show("tanh", fit(g, lambda z: z, mp.mpf("1e-8"), mp.mpf("0.625") ** 2, 4))
# erf(x) = x + x P(z), z < 1
h = lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1
for d in (6, 7): show("erf small %d" % d, fit(h, lambda z: mp.mpf(1), mp.mpf("1e-8"), mp.mpf(1), d))
# erf(x) = 1 - exp(x Q(x)) on 1 .. 4
q = lambda x: mp.log(mp.erfc(x)) / x
for d in (6, 7, 8): show("erf large %d" % d, fit(q, lambda x: mp.erfc(x) * x, mp.mpf("0.98"), mp.mpf(4), d))

# The functions of arrays, in double: polynomials near the best ones, and their weighted errors.
def show_double(name, f, a, b, degree, weight):
    c = mp.chebyfit(f, [a, b], degree + 1)
    points = [a + (b - a) * mp.mpf(i) / 200 for i in range(1, 200)]
    worst = max(abs(weight(x) * (mp.polyval(c, x) - f(x))) for x in points)
    print(name, "error", mp.nstr(worst, 3))
    print("  ", ", ".join(float(x).hex() for x in c))

def over_square(f):
    """f as a function of the square of its argument."""
    return lambda z: f(mp.sqrt(max(z, mp.mpf("1e-12"))))

nearly = mp.mpf("1.001")
# exp(r) = 1 + r + r r P(r)
def p(r):
    return (mp.exp(r) - 1 - r) / r ** 2 if abs(r) > 1e-8 else mp.mpf(1) / 2 + r / 6 + r * r / 24
show_double("exp", p, -mp.log(2) / 2 * nearly, mp.log(2) / 2 * nearly, 9, lambda r: r * r)
# log(1 + f) = 2 s + s z P(z), s = f / (f + 2)
p = over_square(lambda s: (2 * mp.atanh(s) / s - 2) / s ** 2)
show_double("log", p, 0, (mp.sqrt(2) - 1) ** 4 * nearly, 6, lambda z: z / 2)
# sin(r) = r + r z P(z), cos(r) = 1 - z / 2 + z z P(z)
p = over_square(lambda r: (mp.sin(r) / r - 1) / r ** 2)
show_double("sin", p, 0, (mp.pi / 4) ** 2 * nearly, 5, lambda z: z)
p = over_square(lambda r: (mp.cos(r) - 1 + r * r / 2) / r ** 4)
show_double("cos", p, 0, (mp.pi / 4) ** 2 * nearly, 5, lambda z: z * z)
# arctan(q) = q + q z P(z), arcsin(s) = s + s z P(z)
p = over_square(lambda q: (mp.atan(q) / q - 1) / q ** 2)
show_double("arctan", p, 0, mp.tan(mp.pi / 8) ** 2 * nearly, 10, lambda z: z)
p = over_square(lambda s: (mp.asin(s) / s - 1) / s ** 2)
show_double("arcsin", p, 0, mp.mpf("0.2501"), 12, lambda z: z)
