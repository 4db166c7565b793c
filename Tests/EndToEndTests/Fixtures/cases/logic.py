a = 1 < 2 < 3
b = 1 < 3 < 2
c = 1 < 2 > 1
d = 1 == 1.0 == True
e = "a" < "b" <= "b"
f = [1, 2] < [1, 3]
g = (1, 2) == (1, 2)
h = [1] == (1,)
i = not 1 == 2
j = 0 or "text"
k = 0 and 1
l = "" or [] or None
m = 1 and 2 and 3
n = None is None
o = 1 is not None
p = 2 in [1, 2, 3]
q = "ell" in "hello"
r = 4 not in (1, 2, 3)
s = "yes" if 1 > 2 else "no"
t = 1 if False else 2 if False else 3
u = not not []
v = bool("False")
w = bool(0.0)
x = 1 != 1
y = True == 1
z = not True or True
nested = (1 if 0 else 2) + (3 if 1 else 4)
nan_is_not_itself = float("nan") == float("nan")
in_range = [5 in range(10), 5 in range(0, 10, 2), 10 in range(10)]
complex_is_true = [bool(number) for number in np.fft.rfft([1.0, 1.0])] + [not np.fft.rfft([0.0])]
complex_and = np.fft.rfft([3.0])[0] and "both"
