"""Quick telephone talks of two voices: short turns with hardly a pause, one-word answers in between, overlaps, the band of a telephone."""
import numpy as np

RATE = 16000


def telephone(sound):
    """300 to 3400 Hz, 8 kHz, eight bits of mu-law, and back to 16 kHz."""
    size = len(sound) // 2 * 2
    frequencies = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1)
    band = 1 / np.sqrt((1 + (300 / frequencies) ** 8) * (1 + (frequencies / 3400) ** 16))
    narrow = np.fft.irfft(np.fft.rfft(sound[:size]) * band, size)[::2]
    narrow *= 0.8 / max(1e-6, abs(narrow).max())
    bits = np.round(np.sign(narrow) * np.log1p(255 * abs(narrow)) / np.log(256) * 127) / 127
    narrow = np.sign(bits) * (256 ** abs(bits) - 1) / 255
    spectrum = np.fft.rfft(narrow)
    return np.fft.irfft(np.pad(spectrum, (0, size // 2 + 1 - len(spectrum))) * 2, size).astype("f4")


def call(voices, pair, random, seconds):
    """A call of two voices and its spans.

    Turns of 0.3 to 7 s (half of them below 1.4 s), the next 0.4 s before to 0.8 s after the end of the last; in a third of the turns
    longer than 2 s the other says something short.
    """
    short = {who: [part for part in voices[who] if len(part) < 1.1 * RATE] for who in pair}
    other = {who: [part for part in voices[who] if 0.6 * RATE < len(part) < 4 * RATE] for who in pair}
    level = {who: random.uniform(0.6, 1.2) for who in pair}
    pick = lambda parts: parts[random.integers(len(parts))]
    sound, spans, now, turn = np.zeros(int((seconds + 20) * RATE), "f4"), [], 0.8, 0

    def say(who, at, part):
        begin = int(at * RATE)
        sound[begin:begin + len(part)] += part[:len(sound) - begin] * level[who]
        spans.append((at, at + len(part) / RATE, who))

    while now < seconds:
        who, listener = pair[turn % 2], pair[1 - turn % 2]
        wanted = float(np.clip(random.lognormal(0.3, 0.7), 0.3, 7))
        parts = [pick(short[who])] if wanted < 1 else []
        while sum(map(len, parts)) / RATE < wanted * 0.8:
            parts.append(pick(other[who]))
        part = np.concatenate(parts)
        length = len(part) / RATE
        say(who, now, part)
        word = pick(short[listener])
        if length > 2 and random.random() < 0.35 and len(word) / RATE < length - 0.6:
            say(listener, now + random.uniform(0.4, length - len(word) / RATE - 0.1), word)
        now += length + float(np.clip(random.normal(0.05, 0.25), -0.4, 0.8))
        turn += 1 if random.random() < 0.93 else 2
    sound = telephone(sound[:int((now + 0.5) * RATE)])
    return np.clip(sound + random.normal(0, 0.003, len(sound)).astype("f4"), -1, 1), sorted(spans)
