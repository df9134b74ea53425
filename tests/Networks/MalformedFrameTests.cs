using System.Buffers.Binary;
using System.Security.Cryptography;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>Broken frame files, each refused with file, place, value and rule.</summary>
public sealed class MalformedFrameTests
{
    /// <summary>Two frames 2x3, 5 channels, 2 bits, labels and tags: labels at 80, tags at 88, frames at 96, 48 bytes in all.</summary>
    private const int FileBytes = 96 + (2 * 2 * 6 * 2);

    [Theory]
    [InlineData(0, 0x4E4E4363u, "magic", "63434e4e", "BCNNFRAM")]
    [InlineData(8, 2u, "version at byte 8", "2", "must be 1")]
    [InlineData(12, 96u, "header bytes at byte 12", "96", "80..80")]
    [InlineData(16, 0u, "height at byte 16", "0", "1..65536")]
    [InlineData(16, 65537u, "height at byte 16", "65537", "1..65536")]
    [InlineData(20, 0xFFFFFFFFu, "width at byte 20", "4294967295", "1..65536")]
    [InlineData(24, 0u, "channels at byte 24", "0", "1..65536")]
    [InlineData(24, 65536u, "file size", "144 bytes", "truncated")]
    [InlineData(28, 9u, "input bits at byte 28", "9", "1..8")]
    [InlineData(32, 0u, "count at byte 32", "0", "1..2147483647")]
    [InlineData(32, 0x80000000u, "count at byte 32", "2147483648", "1..2147483647")]
    [InlineData(32, 0x7FFFFFFFu, "file size", "144 bytes", "truncated")]
    [InlineData(32, 1u, "file size", "144 bytes", "trailing bytes")]
    [InlineData(36, 1u, "count, high half at byte 36", "1", "0..0")]
    [InlineData(40, 7u, "flags at byte 40", "7", "0..3")]
    [InlineData(40, 1u, "file size", "144 bytes", "trailing bytes")]
    [InlineData(44, 1u, "reserved at byte 44", "1", "0..0")]
    [InlineData(80, 0xFFFFFFFEu, "label of frame 0", "-2", "class number or -1")]
    [InlineData(92, 0x7F800000u, "tag of frame 1", "Infinity", "finite")]
    [InlineData(96, 0xFFu, "frame 0 byte 0", "0xff", "beyond channel 4")]
    public void A_changed_word_is_refused_even_with_a_right_hash(int at, uint value, string place, string shown, string rule)
    {
        byte[] bytes = Valid();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        Seal(bytes);
        Refused(bytes, place, shown, rule);
    }

    [Fact]
    public void Dimensions_whose_product_overflows_are_refused()
    {
        byte[] bytes = Valid();
        foreach (int at in new[] { 16, 20, 24 })
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), 65536);
        }

        Seal(bytes);
        Refused(bytes, "height, width, channels", "65536x65536x65536", "at most");
    }

    [Fact]
    public void A_swapped_height_and_width_break_the_hash()
    {
        byte[] bytes = Valid();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), 3);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), 2);
        Refused(bytes, "hash at byte 48", "", "SHA-256");
    }

    [Fact]
    public void Every_single_bit_of_the_file_matters()
    {
        byte[] valid = Valid();
        using TemporaryFolder folder = new();
        for (int bit = 0; bit < 8 * FileBytes; bit++)
        {
            byte[] bytes = [.. valid];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder.File("a.bcnnframes"), bytes);
            Assert.Throws<InputException>(() => FrameFile.Read(folder.File("a.bcnnframes")));
        }
    }

    [Fact]
    public void Every_length_but_the_right_one_is_refused()
    {
        byte[] valid = Valid();
        for (int length = 0; length < FileBytes + 8; length++)
        {
            if (length != FileBytes)
            {
                byte[] bytes = [.. valid];
                Array.Resize(ref bytes, length);
                Refused(bytes, length < 80 ? "magic" : "file size", "", length < 80 ? "80-byte header" : length < FileBytes ? "truncated" : "trailing");
            }
        }
    }

    [Fact]
    public void Missing_file_and_folder_in_its_place_are_refused()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<InputException>(() => FrameFile.Open(folder.File("no.bcnnframes")));
        Assert.Throws<InputException>(() => FrameFile.Open(folder.FullName));
        Assert.Throws<InputException>(() => FrameFile.Open("a\0b"));
    }

    private static byte[] Valid()
    {
        FrameShape shape = new(2, 3, 5, 2);
        byte[] values = [.. Enumerable.Range(0, 30).Select(i => (byte)(i % 4))];
        using TemporaryFolder folder = new();
        Frame frame = Frame.FromComponents(shape, values, values, 1, 2.5f);
        FrameFile.Write(folder.File("a.bcnnframes"), new FrameSet(shape, [frame, frame with { Label = -1, Tag = float.NaN }]));
        byte[] bytes = File.ReadAllBytes(folder.File("a.bcnnframes"));
        Assert.Equal(FileBytes, bytes.Length);
        return bytes;
    }

    private static void Seal(byte[] bytes) => SHA256.HashData([.. bytes[..48], .. bytes[80..]]).CopyTo(bytes, 48);

    private static void Refused(byte[] bytes, string place, string value, string rule)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.bcnnframes");
        File.WriteAllBytes(path, bytes);
        InputException refusal = Assert.Throws<InputException>(() => FrameFile.Read(path));
        Assert.True(
            refusal.Violations.Any(v => v.Source == path && v.Place.Contains(place, StringComparison.Ordinal)
                && v.Value.Contains(value, StringComparison.Ordinal) && v.Rule.Contains(rule, StringComparison.Ordinal)),
            refusal.Message);
    }
}
