"""A picture of how long each turn took, as SVG."""

from collections.abc import Mapping

WIDTH, HEIGHT, MARGIN = 760, 320, 50
COLOURS = ("#0b5394", "#38761d", "#b45f06")


def latency_plot(series: Mapping[str, list[float]]) -> str:
    """Return the SVG of these latencies in milliseconds over the turn's number, three at most."""
    most = max(len(taken) for taken in series.values())
    highest = max(max(taken) for taken in series.values())

    def place(number: int, taken: float) -> str:
        x = MARGIN + (WIDTH - 2 * MARGIN) * number / most
        y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * taken / highest
        return f"{x:.1f},{y:.1f}"

    left, right, floor = MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<path d="M{left},{MARGIN} V{floor} H{right}" fill="none" stroke="black"/>',
        f'<text x="5" y="{MARGIN}">{highest:.0f} ms</text>',
        f'<text x="{right}" y="{floor + 18}" text-anchor="end">turn {most}</text>',
    ]
    for at, (colour, (name, taken)) in enumerate(zip(COLOURS, series.items(), strict=False)):
        points = " ".join(place(number, one) for number, one in enumerate(taken, start=1))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"/>')
        parts.append(f'<text x="{left + 150 * at}" y="30" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
