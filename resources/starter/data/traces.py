"""Worked sums: each line is one step that needs only the digits just written, so that a small model can follow it."""


def add(a, b):
    """Column addition from the last digit on; each line carries the tens of the line above."""
    lines, carry, x, y = [f"{a} + {b}"], 0, a, b
    while x or y or carry or len(lines) == 1:
        terms = ([x % 10] if x or len(lines) == 1 else []) + ([y % 10] if y or len(lines) == 1 else [])
        terms += [carry] if carry else []
        total = sum(terms)
        lines.append("+".join(map(str, terms)) + f"={total}")
        x, y, carry = x // 10, y // 10, total // 10
        if not x and not y:
            break
    return "\n".join(lines + [f"= {a + b}"])


def subtract(a, b):
    """Column subtraction; a column that borrows starts with its digit plus ten."""
    if b > a:
        return f"{a} < {b}\n" + subtract(b, a) + f"\nso {a - b}"
    lines, borrow, x, y = [f"{a} - {b}"], 0, a, b
    while x or y or len(lines) == 1:
        top, terms = x % 10, ([y % 10] if y or len(lines) == 1 else []) + ([1] if borrow else [])
        borrow = sum(terms) > top
        top += 10 * borrow
        lines.append("-".join(map(str, [top] + terms)) + f"={top - sum(terms)}")
        x, y = x // 10, y // 10
    return "\n".join(lines + [f"= {a - b}"])


def multiply_digit(a, digit):
    """A number times one digit: table entry, plus the carry of the line above."""
    if a < 10:
        return f"{a}×{digit}={a * digit}"
    lines, carry = [f"{a} × {digit}"], 0
    for figure in map(int, reversed(str(a))):
        total = figure * digit + carry
        lines.append(f"{figure}×{digit}={figure * digit}" + (f"+{carry}={total}" if carry else ""))
        carry = total // 10
    return "\n".join(lines + [f"= {a * digit}"])


def multiply(a, b):
    """Long multiplication by a number of one or two digits; the shorter factor multiplies."""
    if len(str(b)) > len(str(a)):
        a, b = b, a
    if b < 10:
        return multiply_digit(a, b)
    tens, ones = divmod(b, 10)
    if ones == 0:
        return f"{a} × {b}\n" + multiply_digit(a, tens) + f"\nthen 0: {a * b}"
    return "\n".join([f"{a} × {b}", multiply_digit(a, ones), multiply_digit(a, tens), add(a * ones, a * tens * 10)])


def divide(a, b):
    """Long division, one digit of `a` a line; a divisor of two digits first writes its multiples, to pick from."""
    lines, rest = [f"{a} ÷ {b}"] + ([" ".join(str(b * i) for i in range(1, 10))] if b > 9 else []), 0
    for figure in map(int, str(a)):
        part = rest * 10 + figure
        lines.append(f"{part}-{part // b}×{b}={part}-{part // b * b}={part % b}")
        rest = part % b
    return "\n".join(lines + [f"= {a // b} rest {a % b}"])


def compare(a, b):
    """Count the digits, then look at them from the left until they differ."""
    left, right = str(a), str(b)
    text = f"{a}: {len(left)} digits\n{b}: {len(right)} digits\n"
    if len(left) == len(right):
        for p, q in zip(left, right):
            text += f"{p}{sign(int(p), int(q))}{q} "
            if p != q:
                break
        text = text.rstrip() + "\n"
    return text + f"{a} {sign(a, b)} {b}"


def sign(a, b):
    return "=" if a == b else "<" if a < b else ">"


def insertion(numbers, descending):
    """Insertion sort: each line takes the next number and shows the row with it in place."""
    row, lines = [], []
    for value in numbers:
        row = sorted(row + [value], reverse=descending)
        lines.append(f"{value}: " + " ".join(map(str, row)))
    return "\n".join(lines)
