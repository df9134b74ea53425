using System.Buffers.Text;
using System.Text;
using BcnnSim.Hardware.Traffic;

namespace BcnnSim.Cli.Traces;

/// <summary>Reads one line of a trace; allocates only for what it refuses.</summary>
internal sealed class TraceLine(TraceLayout layout, int defaultBytes)
{
    /// <summary>Largest request, of traces and of patterns.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Latest cycle: in ticks of any two clocks it stays far within 63 bits, and it is 37 minutes of the board.</summary>
    public const long MaxCycle = 1_000_000_000_000;

    private const long MemoryBytes = 1L << 33;
    private const int MaxHexDigits = 16;
    private const int ShownCharacters = 40;
    private readonly TraceField[] fields = [.. layout.Fields];
    private readonly bool comma = layout.Format == TraceFormat.Csv;

    /// <summary>False with the broken rule.</summary>
    public bool TryParse(ReadOnlySpan<byte> line, out MemoryRequest request, out TraceFault? fault)
    {
        long address = 0;
        long bytes = defaultBytes;
        long cycle = 0;
        bool write = false;
        ReadOnlySpan<byte> rest = line;
        bool ended = false;
        request = default;
        for (int i = 0; i < fields.Length; i++)
        {
            bool more = NextWord(ref rest, ref ended, out ReadOnlySpan<byte> word);
            TraceFault? wrong = !more ? Missing(line, fields[i]) : fields[i] switch
            {
                TraceField.Kind => Kind(word, out write),
                TraceField.Address => Address(word, out address),
                TraceField.Bytes => Number(word, TraceField.Bytes, 1, MaxBytes, out bytes),
                _ => Number(word, TraceField.Cycle, 0, MaxCycle, out cycle),
            };
            if (wrong is not null)
            {
                fault = wrong;
                return false;
            }
        }

        fault = NextWord(ref rest, ref ended, out ReadOnlySpan<byte> extra) ? TooMany(extra) : Reach(address, bytes);
        request = new MemoryRequest(cycle, address, (int)bytes, write);
        return fault is null;
    }

    /// <summary>Text for a message: printable and short.</summary>
    public static string Shown(ReadOnlySpan<byte> text)
    {
        string shown = Encoding.Latin1.GetString(text[..Math.Min(text.Length, ShownCharacters)]);
        return string.Concat(shown.Select(c => c is < ' ' or > '~' ? '?' : c)) + (text.Length > ShownCharacters ? "..." : "");
    }

    private bool NextWord(ref ReadOnlySpan<byte> rest, ref bool ended, out ReadOnlySpan<byte> word)
    {
        if (comma)
        {
            return NextColumn(ref rest, ref ended, out word);
        }

        rest = rest.TrimStart(" \t"u8);
        int end = rest.IndexOfAny((byte)' ', (byte)'\t');
        word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word.Length > 0;
    }

    /// <summary>An empty column is one; ended is the line behind its last.</summary>
    private static bool NextColumn(ref ReadOnlySpan<byte> rest, ref bool ended, out ReadOnlySpan<byte> word)
    {
        word = default;
        if (ended)
        {
            return false;
        }

        int end = rest.IndexOf((byte)',');
        ended = end < 0;
        word = (end < 0 ? rest : rest[..end]).Trim(" \t"u8);
        rest = end < 0 ? default : rest[(end + 1)..];
        word = word.Length > 1 && word[0] == '"' && word[^1] == '"' ? word[1..^1] : word;
        return true;
    }

    private TraceFault? Kind(ReadOnlySpan<byte> word, out bool write)
    {
        bool letter = layout.Format != TraceFormat.AddressKindCycle;
        bool whole = layout.Format != TraceFormat.KindAddress;
        write = (letter && word.SequenceEqual("W"u8)) || (whole && word.SequenceEqual("WRITE"u8));
        bool read = (letter && word.SequenceEqual("R"u8)) || (whole && word.SequenceEqual("READ"u8));
        string known = letter && whole ? "R, W, READ or WRITE" : letter ? "R or W" : "READ or WRITE";
        return read || write ? null : new TraceFault("kind", Shown(word), $"must be {known}", "Correct the line");
    }

    private TraceFault? Address(ReadOnlySpan<byte> word, out long address)
    {
        bool hexadecimal = word.StartsWith("0x"u8);
        int length;
        bool read = hexadecimal
            ? Utf8Parser.TryParse(word[2..], out address, out length, 'x') && length + 2 == word.Length && length <= MaxHexDigits
            : Utf8Parser.TryParse(word, out address, out length) && length == word.Length && comma && word[0] is >= (byte)'0' and <= (byte)'9';
        if (!read)
        {
            return new TraceFault("address", Shown(word), comma ? "must be a number, decimal or 0x and hexadecimal" : "must be 0x and a hexadecimal number", "Correct the line");
        }

        return address is >= 0 and < MemoryBytes ? null : new TraceFault("address", Shown(word), "the memory has 8 GiB: below 0x200000000", "Correct the address");
    }

    private static TraceFault? Number(ReadOnlySpan<byte> word, TraceField field, long least, long most, out long number)
    {
        bool digits = word.Length > 0 && word[0] is >= (byte)'0' and <= (byte)'9';
        number = 0;
        return digits && Utf8Parser.TryParse(word, out number, out int length) && length == word.Length && number >= least && number <= most
            ? null
            : new TraceFault(TraceLayout.NameOf(field), Shown(word), $"must be a whole number in {least}..{most}", "Correct the line");
    }

    private static TraceFault? Reach(long address, long bytes)
    {
        long end = (address & -RequestPattern.PseudoChannelBytes) + RequestPattern.PseudoChannelBytes;
        return address + bytes <= end
            ? null
            : new TraceFault("bytes", $"{bytes} at 0x{address:x}", $"a request stays within its pseudo-channel of 256 MiB, here below 0x{end:x}", "Split it");
    }

    private static TraceFault Missing(ReadOnlySpan<byte> line, TraceField field) =>
        new("line", Shown(line), $"{TraceLayout.NameOf(field)} is missing", "Complete the line, or name the format with --trace-format");

    private TraceFault TooMany(ReadOnlySpan<byte> word) =>
        new("line", Shown(word), $"one word too many: a line has {string.Join(", ", layout.Fields.Select(TraceLayout.NameOf))}", "Correct the line, or name the format with --trace-format");
}
