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
