using System.Buffers.Binary;
using System.Globalization;

namespace BcnnSim.Networks;

/// <summary>The 80-byte header of a .bcnnframes file; the layout is documented at <see cref="FrameFile"/>.</summary>
internal sealed record FrameHeader(FrameShape Shape, int Count, bool HasLabels, bool HasTags, byte[] Sha256)
{
    public const int Bytes = 80;
    public const int HashedBytes = 48;
    public const uint Version = 1;
    private const uint LabelFlag = 1;
    private const uint TagFlag = 2;

    public static ReadOnlySpan<byte> Magic => "BCNNFRAM"u8;

    public long LabelsStart => Bytes;

    public long TagsStart => LabelsStart + (HasLabels ? 4L * Count : 0);

    public long FramesStart => TagsStart + (HasTags ? 4L * Count : 0);

    /// <summary>Exact file size: count below 2^31, a frame below 2^31 bytes.</summary>
    public long FileBytes => FramesStart + ((long)Count * Shape.FrameBytes);

    /// <summary>Null with the reasons when a field is refused or the file has another size than the fields say.</summary>
    public static FrameHeader? Parse(ReadOnlySpan<byte> bytes, long fileBytes, ViolationList violations)
    {
        if (bytes.Length < Bytes || !bytes[..8].SequenceEqual(Magic))
        {
            violations.Add("magic", Convert.ToHexStringLower(bytes[..Math.Min(8, bytes.Length)]), "must begin with BCNNFRAM and an 80-byte header", "This is not a .bcnnframes file: pack the data again");
            return null;
        }

        uint version = Word(bytes, 8);
        if (version != Version)
        {
            violations.Add("version at byte 8", Text(version), $"must be {Version}", "Pack the frames with this version");
            return null;
        }

        int before = violations.Count;
        FrameHeader header = ReadFields(bytes, violations);
        if (violations.Count == before && header.FileBytes != fileBytes)
        {
            string fault = fileBytes < header.FileBytes ? "truncated" : "trailing bytes";
            violations.Add("file size", InputFile.Bytes(fileBytes), $"{fault}: {header.Count} frames of {header.Shape} take exactly {InputFile.Bytes(header.FileBytes)}", "Pack the frames again");
        }

        return violations.Count == before ? header : null;
    }

    public void Encode(Span<byte> bytes)
    {
        bytes[..Bytes].Clear();
        Magic.CopyTo(bytes);
        ReadOnlySpan<uint> words = [Version, Bytes, (uint)Shape.Height, (uint)Shape.Width, (uint)Shape.Channels, (uint)Shape.InputBits, (uint)Count, 0, Flags];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[(8 + (4 * i))..], words[i]);
        }

        Sha256.CopyTo(bytes[HashedBytes..]);
    }

    private uint Flags => (HasLabels ? LabelFlag : 0) | (HasTags ? TagFlag : 0);

    private static FrameHeader ReadFields(ReadOnlySpan<byte> bytes, ViolationList violations)
    {
        Bounded(bytes, 12, "header bytes", Bytes, Bytes, violations);
        FrameShape shape = new(
            Bounded(bytes, 16, "height", 1, NetworkLimits.Dimension, violations),
            Bounded(bytes, 20, "width", 1, NetworkLimits.Dimension, violations),
            Bounded(bytes, 24, "channels", 1, NetworkLimits.Dimension, violations),
            Bounded(bytes, 28, "input bits", 1, 8, violations));
        int count = Bounded(bytes, 32, "count", 1, int.MaxValue, violations);
        Bounded(bytes, 36, "count, high half", 0, 0, violations);
        int flags = Bounded(bytes, 40, "flags", 0, (int)(LabelFlag | TagFlag), violations);
        Bounded(bytes, 44, "reserved", 0, 0, violations);
        if ((long)shape.Height * shape.Width * shape.Channels > NetworkLimits.MapValues)
        {
            violations.Add("height, width, channels", shape.ToString(), $"a frame has at most {NetworkLimits.MapValues} values", "Pack smaller frames");
        }

        return new FrameHeader(shape, count, (flags & LabelFlag) != 0, (flags & TagFlag) != 0, bytes.Slice(HashedBytes, 32).ToArray());
    }

    private static int Bounded(ReadOnlySpan<byte> bytes, int at, string field, int minimum, int maximum, ViolationList violations)
    {
        uint value = Word(bytes, at);
        if (value >= minimum && value <= maximum)
        {
            return (int)value;
        }

        violations.Add($"{field} at byte {at}", Text(value), string.Create(CultureInfo.InvariantCulture, $"must be in {minimum}..{maximum}"), "Pack the frames again");
        return minimum;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
