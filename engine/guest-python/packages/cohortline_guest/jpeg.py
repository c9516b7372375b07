"""JPEG for charts and pictures: the build's PIL lacks it. Baseline, as ITU-T T.81 has it, with its own tables of annex K; colours keep their full size."""
import struct

from cohortline_guest.on_import import on_import


def install():
    on_import("PIL.JpegImagePlugin", lambda plugin: plugin.Image.register_save("JPEG", save))


MOST_PIXELS = 65_535


def save(image, file, name):
    if image.mode not in ("1", "L", "RGB", "CMYK", "YCbCr"):
        raise OSError(f"cannot write mode {image.mode} as JPEG")
    if max(image.size) > MOST_PIXELS:
        raise OSError(f"a JPEG picture has {MOST_PIXELS} pixels a side at most, and this has {max(image.size)}")
    asked = image.encoderinfo
    quality = asked.get("quality", 75)
    image = image.convert("L" if image.mode in ("1", "L") else "YCbCr")
    file.write(encoded(image, 75 if not isinstance(quality, int) or quality < 1 else min(quality, 100), asked.get("dpi")))


#: T.81, tables K.1 and K.2: how coarse each frequency may be, of brightness and of colour.
COARSE = (
    "16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 62 "
    "18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 98 112 100 103 99",
    "17 18 24 47 99 99 99 99 18 21 26 66 99 99 99 99 24 26 56 99 99 99 99 99 47 66 99 99 99 99 99 99 " + "99 " * 32,
)
#: Tables K.3 to K.6: how many codes there are of each length from 1 to 16, and what they mean in order.
CODES = {
    0x00: ("00010501010101010100000000000000", "000102030405060708090a0b"),
    0x01: ("00030101010101010101010000000000", "000102030405060708090a0b"),
    0x10: (
        "0002010303020403050504040000017d",
        "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a"
        "434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9"
        "aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa",
    ),
    0x11: (
        "00020102040403040705040400010277",
        "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a"
        "434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8"
        "a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa",
    ),
}
END_OF_BLOCK, SIXTEEN_ZEROS = 0x00, 0xF0


def encoded(image, quality, dpi):
    import numpy

    pixels = numpy.asarray(image)
    planes = pixels[:, :, None] if pixels.ndim == 2 else pixels
    height, width, count = planes.shape
    kinds = [0, 1, 1][:count]
    coarse = [_coarse(text, quality) for text in COARSE]
    blocks = numpy.stack([_quantised(planes[:, :, i], coarse[kind]) for i, kind in enumerate(kinds)], axis=1)
    across, down = (round(each) for each in dpi or (0, 0))
    density = struct.pack(">BHHBB", 1 if dpi else 0, across or 1, down or 1, 0, 0)
    tables = b"".join(bytes([kind]) + _zigzag(coarse[kind]).astype("u1").tobytes() for kind in sorted({*kinds}))
    parts = b"".join(bytes([i + 1, 0x11, kind]) for i, kind in enumerate(kinds))
    scan = b"".join(bytes([i + 1, kind * 0x11]) for i, kind in enumerate(kinds))
    codes = b"".join(bytes([key]) + bytes.fromhex(lengths + meant) for key, (lengths, meant) in CODES.items())
    return b"".join(
        [
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\1\1" + density),
            _segment(0xDB, tables),
            _segment(0xC0, struct.pack(">BHHB", 8, height, width, count) + parts),
            _segment(0xC4, codes),
            _segment(0xDA, bytes([count]) + scan + b"\0\x3f\0"),
            _packed(blocks, kinds).replace(b"\xff", b"\xff\0"),
            b"\xff\xd9",
        ]
    )


def _segment(kind, data):
    return struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data


def _coarse(text, quality):
    """As the widely used library scales them."""
    import numpy

    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return numpy.clip((numpy.array(text.split(), "i4") * scale + 50) // 100, 1, 255).reshape(8, 8)


ORDER = sorted(range(64), key=lambda at: (at // 8 + at % 8, (at // 8 if (at // 8 + at % 8) % 2 else at % 8)))


def _zigzag(blocks):
    return blocks.reshape(*blocks.shape[:-2], 64)[..., ORDER]


def _quantised(plane, coarse):
    """Blocks of 8 by 8 as frequencies, 64 in a row. The last ones repeat the edge."""
    import numpy

    height, width = plane.shape
    padded = numpy.pad(plane.astype("f4") - 128, ((0, -height % 8), (0, -width % 8)), "edge")
    rows, columns = (size // 8 for size in padded.shape)
    blocks = padded.reshape(rows, 8, columns, 8).swapaxes(1, 2).reshape(-1, 8, 8)
    at = numpy.arange(8)
    waves = numpy.cos((2 * at + 1) * at[:, None] * numpy.pi / 16) / 2
    waves[0] /= numpy.sqrt(2)
    waves = waves.astype("f4")
    found = numpy.rint(waves @ blocks @ waves.T / coarse).astype("i4")
    # Of more there is no code.
    return _zigzag(numpy.clip(found, -1023, 1023))


def _packed(blocks, kinds):
    """The codes of all blocks, the components of each place side by side."""
    import numpy

    count, parts, _ = blocks.shape
    first = numpy.diff(blocks[:, :, 0], axis=0, prepend=0)
    place, part, at = numpy.nonzero(blocks[:, :, 1:])
    block = place * parts + part
    new = numpy.diff(block, prepend=-1) != 0
    zeros = at - numpy.where(new, -1, numpy.concatenate([[0], at[:-1]])) - 1
    long = zeros // 16
    values = blocks[:, :, 1:][place, part, at]
    last = numpy.full(count * parts, -1)
    last[block] = at
    ends = numpy.nonzero(last < 62)[0]
    whole = numpy.arange(count * parts)
    # Each code stands at its block, and there at its place: first, frequencies with the zeros before them, end.
    keys = numpy.concatenate([whole * 128, numpy.repeat(block * 128 + 2 * at + 2, long), block * 128 + 2 * at + 3, ends * 128 + 127])
    sizes = [_bits(first.ravel()), _bits(values)]
    symbols = [sizes[0], numpy.full(long.sum(), SIXTEEN_ZEROS), (zeros % 16) * 16 + sizes[1], numpy.full(len(ends), END_OF_BLOCK)]
    kind = numpy.tile(numpy.array(kinds), count)
    tables = [kind, 0x10 + kind[numpy.repeat(block, long)], 0x10 + kind[block], 0x10 + kind[ends]]
    nothing = [numpy.zeros(long.sum(), "i4"), numpy.zeros(len(ends), "i4")]
    extra = numpy.concatenate([first.ravel(), nothing[0], values, nothing[1]])
    widths = numpy.concatenate([sizes[0], nothing[0], sizes[1], nothing[1]])
    codes, lengths = _looked_up(numpy.concatenate(tables), numpy.concatenate(symbols))
    extra = numpy.where(extra < 0, extra + (1 << widths) - 1, extra)
    order = numpy.argsort(keys, kind="stable")
    return _joined((codes.astype("i8") << widths | extra)[order], (lengths + widths)[order])


def _bits(values):
    import numpy

    return numpy.frexp(numpy.abs(values).astype("f8"))[1].astype("i4")


def _looked_up(tables, symbols):
    import numpy

    codes, lengths = numpy.zeros((2, 18 * 256), "i4")
    for key, (counts, meant) in CODES.items():
        code, names = 0, iter(bytes.fromhex(meant))
        for length, many in enumerate(bytes.fromhex(counts), 1):
            for _ in range(many):
                at = key * 256 + next(names)
                codes[at], lengths[at] = code, length
                code += 1
            code <<= 1
    return codes[tables * 256 + symbols], lengths[tables * 256 + symbols]


def _joined(codes, lengths):
    """Ones fill the last byte."""
    import numpy

    ends = numpy.cumsum(lengths)
    owner = numpy.repeat(numpy.arange(len(codes)), lengths)
    bits = (codes[owner] >> (ends[owner] - 1 - numpy.arange(ends[-1]))) & 1
    return numpy.packbits(numpy.concatenate([bits, numpy.ones(-len(bits) % 8, bits.dtype)]).astype("u1")).tobytes()
