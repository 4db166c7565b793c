r0 = [x for x in [-1, 10, 0, 3] for x in range(2)]
r1 = [1, 2, 3]
r1[-1] //= 2
r2 = sorted(range(-2, 1, 2))
r3 = list(zip(*'x'))
r4 = all((True,))
r5 = list(reversed(np.arange(4)))
r6 = np.arange(6, dtype='int16')
r6[...] <<= 7
r7 = sorted(range(4, -2, 2))
r8 = any(np.arange(1))
r9 = any(['B', ''])
r10 = [x for x in ['B', 'x', ''] for x in [x]]
r11 = max(*range(-3, -1, 2), -1)
r12 = any((-1, 7, True, 2,))
r13 = list(range(6))
r13[-1] /= 3
r14 = [(x, y) for x in np.arange(1) if x for y in range(3) if y != 1 if y > x]
r15 = [1, 2, 3]
r15[0] += True
r16 = [(x, y) for x in [] if x for y in range(3) if y != 1 if y > x]
r17 = [x for x in [[-0.5, 2.5], [], [1]] for x in range(2)]
r18 = list(reversed(range(4, 4, 2)))
r19 = any(['ab', ''])
r20 = max(*(7, 2.5, 3, -1,), 2.5)
r21 = [v for row in np.arange(0) for v in row]
r22 = any([])
r23 = np.arange(6, dtype='int16')
r23[-1] *= -1
r24 = sum(*[np.arange(0)])
r25 = [x for x in [] for x in [x]]
r26 = sum(*[np.arange(3)])
r27 = [x for x in [] for x in range(2)]
r28 = sorted([], key=str, reverse=True)
r29 = list(reversed(np.arange(1)))
r30 = [[a + b for a in range(b)] for b in range(1, -3, 1) if b]
r31 = [x * y for x in ['', '', 'B', 'x'] for y in []]
r32 = list(reversed([[2.5], [7], [True], []]))
r33 = [1, 2, 3]
r33[-1] /= -1
r34 = sum(*[range(4, 5, 2)])
r35 = np.arange(6.0)
r35[-1] *= 2
r36 = np.ones((3, 2))
r36[-1] **= 10
r37 = all(range(0, 3, 2))
r38 = [[a + b for a in range(b)] for b in range(-3, 0, 2) if b]
r39 = sorted(np.arange(4))
r40 = [x for x in np.arange(0) for x in range(2)]
r41 = [v for row in '' for v in row]
r42 = [x * y for x in [] for y in [[10], [10, 7]]]
r43 = sum(*[np.arange(0)])
r44 = [x for x in (0,) for x in range(2)]
r45 = [x for x in (-0.5, 1, 2.5,) for x in range(2)]
r46 = any((2, 2, 2.5, 3,))
r47 = [[a + b for a in range(b)] for b in [-1] if b]
r48 = [(x, y) for x in [] if x for y in range(3) if y != 1 if y > x]
r49 = [[a + b for a in range(b)] for b in np.arange(2) if b]
r50 = [x * y for x in range(0, 0, 1) for y in [2.5, 10]]
r51 = [(x, y) for x in (2.5, 1, 3, 2.5,) if x for y in range(3) if y != 1 if y > x]
r52 = np.array([True, False, True])
r52[2] -= 10
r53 = [x * y for x in range(1, 1, -1) for y in np.arange(2)]
r54 = [x for x in range(3, 2, 1) for x in [x, x]]
r55 = [[a + b for a in range(b)] for b in [3, 0, 10, 2] if b]
r56 = [(x, y) for x in range(2, 5, 2) if x for y in range(3) if y != 1 if y > x]
r57 = np.arange(6, dtype='int16')
r57[:] += 2
r58 = np.ones((3, 2))
r58[1:3] += 1
r59 = np.ones((3, 2))
r59[1:3] **= 2
r60 = [(x, y) for x in range(2, 6, 1) if x for y in range(3) if y != 1 if y > x]
r61 = np.arange(6.0)
r61[[0, 0, 2]] **= [7]
r62 = sorted([[7], [1, 3]])
r63 = np.arange(6.0)
r63[::2] **= -0.5
r64 = [x * y for x in [2] for y in []]
r65 = list(zip(*['B']))
r66 = [(x, y) for x in [] if x for y in range(3) if y != 1 if y > x]
r67 = np.array([True, False, True])
r67[0] += 1
r68 = [x for x in range(4, -1, -1) for x in range(2)]
r69 = np.ones((3, 2))
r69[1, 0] //= -1
r70 = sorted([], key=str, reverse=True)
r71 = [x * y for x in [2, 7, True] for y in [-0.5, 2, 2]]
r72 = list(reversed(range(3, 3, -1)))
r73 = [x * y for x in ['x', 'x'] for y in range(2, 6, 1)]
r74 = np.arange(6.0)
r74[2] **= 1
r75 = sorted(range(0, 2, -1))
r76 = [x * y for x in np.arange(1) for y in (0,)]
r77 = [(x, y) for x in [] if x for y in range(3) if y != 1 if y > x]
r78 = [1, 2, 3]
r78[0] -= -1
r79 = all((7,))
r80 = [x for x in [2.5, -1, 0] for x in [x, x]]
r81 = any((0,))
r82 = sorted(['x', 'B', 'ab', ''])
r83 = np.arange(6, dtype='int16')
r83[2] |= 1
r84 = [x for x in np.arange(3) for x in [x]]
r85 = max(*range(-2, 7, 1), True)
r86 = sum(*[[2, 2, 1]])
r87 = [x * y for x in '' for y in [[]]]
r88 = [x for x in (3, 10, 10, 3,) for x in range(2)]
r89 = [x for x in (1, 2.5, True,) for x in range(2)]
r90 = np.arange(6.0)
r91 = [x * y for x in [1, 3, True, 2.5] for y in range(-3, -1, -1)]
r92 = [x for x in (0, 0, 10, 2,) for x in range(2)]
r93 = [v for row in ['B'] for v in row]
r94 = list(range(6))
r94[0] -= 2.5
r95 = np.ones((3, 2))
r95[0] += [1, 2]
r96 = max(*np.arange(3), 0)
r97 = sum(*[range(2, 2, -1)])
r98 = all(range(-2, 0, -1))
r99 = np.arange(6, dtype='int16')
r99[r99 > 1] %= 10
r100 = np.ones((3, 2))
r100[...] %= np.arange(2)
r101 = [v for row in ['x', ''] for v in row]
r102 = sorted(range(4, 7, -1))
r103 = [[a + b for a in range(b)] for b in (0,) if b]
r104 = np.arange(6)
r104[r104 > 1] &= [7]
r105 = max(*np.arange(4), -1)
r106 = np.arange(6.0)
r106[:] //= 2.5
r107 = any('B')
r108 = [x for x in np.arange(0) for x in range(2)]
r109 = [x for x in 'xx' for x in [x, x]]
r110 = np.arange(6)
r110[::2] **= True
r111 = list(range(6))
r111[-1] **= True
r112 = [(x, y) for x in [] if x for y in range(3) if y != 1 if y > x]
r113 = [x * y for x in (1, 7, 0, 3,) for y in (2, True,)]
r114 = sorted(np.arange(0), key=len, reverse=True)
r115 = sorted(np.arange(1))
r116 = [(x, y) for x in np.arange(1) if x for y in range(3) if y != 1 if y > x]
r117 = [x * y for x in range(0, 0, 1) for y in np.arange(1)]
r118 = sorted(['ab', 'B', 'x'])
r119 = list(reversed(''))
r120 = list(reversed(np.arange(2)))
r121 = list(reversed([[-1, -1], [-0.5, 2.5]]))
r122 = sorted(['ab', 'ab', '', 'x'])
r123 = sorted(range(3, 0, 2))
r124 = [(x, y) for x in (3, 1, 2.5,) if x for y in range(3) if y != 1 if y > x]
r125 = any(np.arange(3))
r126 = [1, 2, 3]
r126[2] **= 1
r127 = np.ones((3, 2))
r127[2] **= 1
r128 = [v for row in ['x', 'x', 'x'] for v in row]
r129 = list(reversed([-0.5, -1, 2, True]))
r130 = sorted([], key=sum, reverse=False)
r131 = [v for row in ['x', 'x', 'x', 'B'] for v in row]
r132 = sorted(range(3, 1, -1))
r133 = [x * y for x in np.arange(3) for y in ['B', 'x', '', '']]
r134 = [1, 2, 3]
r134[0] -= 7
r135 = [x for x in [] for x in range(2)]
r136 = np.ones((3, 2))
r136[0] *= 3
r137 = [[a + b for a in range(b)] for b in (7,) if b]
r138 = [[a + b for a in range(b)] for b in (0,) if b]
r139 = sorted(range(5, 4, 1))
r140 = min(1, *range(-2, 5, -1), *(10, -1,))
r141 = sum(*[(7, 0, 7, 10,)])
r142 = [x for x in [] for x in [x, x]]
r143 = [1, 2, 3]
r143[0] /= 7
r144 = list(reversed('x'))
r145 = [v for row in [] for v in row]
r146 = sorted('xab')
r147 = [x * y for x in range(0, -1, 2) for y in np.arange(0)]
r148 = [1.5, 'a', 2]
r148[2] += 1
r149 = np.arange(6.0)
r149[1:3] *= 2
r150 = list(zip(*'x'))
r151 = list(reversed([[7], [], [1, True], [2, 7]]))
r152 = sorted(range(3, 6, -1))
r153 = any([[], [2, 3], [-0.5], [2.5]])
r154 = max(*range(-1, 4, 1), 1)
r155 = min(1, *(-1,), *np.arange(3))
r156 = [v for row in [] for v in row]
r157 = max(*[True, 7, 10, 3], 0)
r158 = sum(*[[2, 7]])
r159 = sorted(['B'], key=len, reverse=True)
r160 = sum(*[range(-2, 1, 1)])
r161 = any((2.5,))
r162 = [x for x in (3, 10, 0,) for x in [x]]
r163 = [v for row in 'x' for v in row]
r164 = [v for row in [[2.5, 7]] for v in row]
r165 = np.arange(6)
r165[...] *= 3
r166 = max(*range(0, 1, 2), 7)
r167 = all(range(2, 0, 2))
r168 = any(range(5, 3, 2))
r169 = list(range(6))
r169[2] /= 2.5
r170 = any((7, 2.5, 2,))
r171 = all('xx')
r172 = np.ones((3, 2))
r172[0] %= 10
r173 = [[a + b for a in range(b)] for b in [True, 7, True, True] if b]
r174 = [x for x in [[-0.5, 3]] for x in range(2)]
r175 = all(['ab', 'x'])
r176 = [v for row in ['B'] for v in row]
r177 = [x for x in range(-1, 0, 1) for x in [x, x]]
r178 = [[a + b for a in range(b)] for b in [1, 1, 7, 0] if b]
r179 = sorted(['x', '', 'B', 'x'])
r180 = np.arange(6.0)
r180[:] /= 2.5
r181 = np.arange(6.0)
r181[r181 > 1] //= 2
r182 = list(range(6))
r182[-1] **= 2.5
r183 = all(np.arange(2))
r184 = any([[10], [2.5, -1], [2, 2.5], [1, 2]])
r185 = [(x, y) for x in np.arange(0) if x for y in range(3) if y != 1 if y > x]
r186 = sorted(np.arange(0), key=max, reverse=True)
r187 = any(np.arange(0))
r188 = any((-0.5, 1, 3,))
r189 = [x for x in np.arange(2) for x in [x, x]]
r190 = [[a + b for a in range(b)] for b in [7, 3, 2] if b]
r191 = list(reversed(['B']))
r192 = np.arange(6, dtype='int16')
r192[::2] += 0
r193 = list(range(6))
r193[-1] <<= 7
r194 = np.arange(6, dtype='int16')
r194[:] //= 2
r195 = list(range(6))
r195[0] *= 2.5
r196 = [(x, y) for x in np.arange(3) if x for y in range(3) if y != 1 if y > x]
r197 = list(zip(*''))
r198 = [x * y for x in range(1, -1, 2) for y in ['x', 'B', 'B']]
r199 = np.arange(6)
r199[...] //= 3
r200 = [(x, y) for x in [True] if x for y in range(3) if y != 1 if y > x]
r201 = sorted([])
r202 = any('abB')
r203 = [(x, y) for x in (2, 0, 10, 2.5,) if x for y in range(3) if y != 1 if y > x]
r204 = [[a + b for a in range(b)] for b in '' if b]
r205 = np.array([True, False, True])
r205[-1] //= 2
r206 = sum(*[(1, 10, -0.5,)])
r207 = [(x, y) for x in range(4, 7, 2) if x for y in range(3) if y != 1 if y > x]
r208 = np.arange(6, dtype='int16')
r208[[0, 0, 2]] **= [7]
r209 = [[a + b for a in range(b)] for b in [] if b]
r210 = all(range(1, 2, -1))
r211 = sorted(np.arange(3), key=str, reverse=False)
r212 = any((2,))
r213 = sum(*[(3, 2.5, True, 3,)])
r214 = np.ones((3, 2))
r214[r214 > 1] %= 2.5
r215 = [x for x in [[], [-0.5]] for x in [x]]
r216 = any((2.5, 1, 2.5, True,))
r217 = np.arange(6.0)
r217[::2] //= 0
r218 = max(*np.arange(4), True)
r219 = [(x, y) for x in range(-1, 7, -1) if x for y in range(3) if y != 1 if y > x]
r220 = [[a + b for a in range(b)] for b in (2, True, True, 3,) if b]
r221 = [(x, y) for x in '' if x for y in range(3) if y != 1 if y > x]
r222 = [[a + b for a in range(b)] for b in [] if b]
r223 = [x * y for x in [] for y in [0, 10, 3]]
r224 = [x for x in [] for x in [x]]
r225 = [x * y for x in [] for y in np.arange(1)]
r226 = np.arange(6.0)
r226[[0, 0, 2]] //= 3
r227 = np.arange(6)
r227[::2] |= 3
r228 = [x for x in np.arange(3) for x in [x]]
r229 = sorted('xxxab')
r230 = [[a + b for a in range(b)] for b in range(1, 6, -1) if b]
r231 = sorted([], key=len, reverse=False)
r232 = all([])
r233 = [x * y for x in range(1, -1, 1) for y in [[0], [], [10]]]
r234 = np.array([True, False, True])
r234[0] %= 3
r235 = min(1, *range(0, 7, 1), *range(-3, 2, 1))
r236 = np.arange(6.0)
r237 = list(zip(*'abx'))
r238 = [x * y for x in range(3, 1, 1) for y in (-0.5, 10,)]
r239 = [[a + b for a in range(b)] for b in range(-2, 0, 1) if b]
r240 = [[a + b for a in range(b)] for b in '' if b]
r241 = sorted(['ab', 'B', 'B', 'B'])
r242 = [x * y for x in range(5, -3, -1) for y in [10, 10]]
r243 = sum(*[''])
r244 = [v for row in [] for v in row]
r245 = [x for x in [-1, 0] for x in range(2)]
r246 = all([1, 7, 0, 10])
r247 = sum(*[(2.5, -0.5, True,)])
r248 = [(x, y) for x in np.arange(3) if x for y in range(3) if y != 1 if y > x]
r249 = list(reversed(range(0, -3, 1)))
r250 = min(1, *np.arange(1), *range(-1, -1, -1))
r251 = [x for x in range(-3, -3, 1) for x in range(2)]
r252 = np.arange(6, dtype='int16')
r252[r252 > 1] -= 1
r253 = np.ones((3, 2))
r253[-1] += 3
r254 = list(reversed(np.arange(1)))
r255 = list(zip(*['B', 'ab', '']))
r256 = any([])
r257 = np.ones((3, 2))
r257[:] -= 3
r258 = np.arange(6)
r258[0] /= 7
r259 = [[a + b for a in range(b)] for b in range(5, 3, 1) if b]
r260 = [v for row in range(1, -3, 1) for v in row]
r261 = min(1, *[1, 2, -0.5], *np.arange(4))
r262 = np.ones((3, 2))
r262[[0, 0, 2]] -= 10
r263 = [x for x in [[2]] for x in range(2)]
r264 = np.arange(6, dtype='int16')
r264[0] **= True
r265 = np.ones((3, 2))
r265[2] **= 3
r266 = [x for x in 'B' for x in [x, x]]
r267 = np.arange(6.0)
r267[[0, 0, 2]] /= 3
r268 = [x * y for x in [[], [10]] for y in [10]]
r269 = np.arange(6.0)
r269[[0, 0, 2]] %= -0.5
r270 = all(np.arange(2))
r271 = [1, 2, 3]
r271[-1] &= 7
r272 = sorted([10])
r273 = any(np.arange(1))
r274 = sorted(np.arange(4))
r275 = [(x, y) for x in np.arange(1) if x for y in range(3) if y != 1 if y > x]
r276 = sorted(np.arange(0))
r277 = [[a + b for a in range(b)] for b in [] if b]
r278 = np.arange(6, dtype='int16')
r278[1:3] += 1
r279 = all([])
r280 = list(reversed([[]]))
r281 = np.arange(6.0)
r281[:] *= 7
r282 = [[a + b for a in range(b)] for b in [] if b]
r283 = max(*[7], 0)
r284 = sorted(range(3, 6, -1), key=len, reverse=False)
r285 = min(1, *[], *[0])
r286 = [v for row in np.arange(0) for v in row]
r287 = [x for x in [1] for x in range(2)]
r288 = [x * y for x in [] for y in ['x', 'B', 'x']]
r289 = [(x, y) for x in (3,) if x for y in range(3) if y != 1 if y > x]
r290 = [v for row in ['B'] for v in row]
r291 = [x * y for x in (True, 1,) for y in [[], [7]]]
r292 = [[a + b for a in range(b)] for b in np.arange(0) if b]
r293 = any((3, 1, -0.5,))
r294 = [(x, y) for x in np.arange(2) if x for y in range(3) if y != 1 if y > x]
r295 = sorted([])
r296 = np.ones((3, 2))
r296[-1] %= 10
r297 = [(x, y) for x in range(5, 0, -1) if x for y in range(3) if y != 1 if y > x]
r298 = list(zip(*[]))
r299 = [x for x in range(1, 6, 2) for x in [x, x]]
