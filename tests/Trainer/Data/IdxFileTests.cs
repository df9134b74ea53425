using System.IO.Compression;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private const int Seed = 71;
    private static readonly byte[] Good = [0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6];
    private readonly string path = Path.Combine(Path.GetTempPath(), $"bcnntrain-idx-{Environment.ProcessId}.gz");

    [Fact]
    public void A_good_file_gives_its_bytes() => Assert.Equal([1, 2, 3, 4, 5, 6], Read(Zipped(Good)));

    [Theory]
    [InlineData(0, 1, "magic")]
    [InlineData(2, 9, "magic")]
    [InlineData(3, 1, "magic")]
    [InlineData(7, 4, "dimension 0")]
    [InlineData(8, 255, "dimension 1")]
    public void A_wrong_header_is_refused_with_its_place_and_what_was_expected(int at, byte value, string place)
    {
        byte[] bytes = [.. Good];
        bytes[at] = value;
        Violation violation = Refused(Zipped(bytes));
        Assert.Equal(place, violation.Place);
        Assert.StartsWith("must be", violation.Rule, StringComparison.Ordinal);
        Assert.Equal("get it there", violation.Remedy);
    }

    [Fact]
    public void Too_few_and_too_many_bytes_are_refused()
    {
        Assert.Equal("truncated", Refused(Zipped(Good[..^1])).Value);
        Assert.Equal("truncated", Refused(Zipped(Good[..5])).Value);
        Assert.Equal("more bytes follow", Refused(Zipped([.. Good, 7])).Value);
    }

    [Fact]
    public void A_missing_file_is_refused_with_the_way_to_get_it() =>
        Assert.Equal(("file", "missing", "get it there"), (Refused(null).Place, Refused(null).Value, Refused(null).Remedy));

    [Fact]
    public void A_compressed_file_cut_anywhere_is_refused()
    {
        byte[] whole = Zipped(Good);
        for (int length = 0; length < whole.Length; length++)
        {
            Violation violation = Refused(whole[..length]);
            Assert.True(violation.Place is "gzip" or "length", $"cut to {length}: {violation}");
        }
    }

    [Fact]
    public void A_changed_bit_of_the_compressed_content_never_gives_other_bytes()
    {
        byte[] whole = Zipped(Good);
        int refused = 0;
        for (int bit = 8 * 10; bit < 8 * whole.Length; bit++)
        {
            byte[] bytes = [.. whole];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal([1, 2, 3, 4, 5, 6], Read(bytes)); // the padding behind the last code means nothing
            }
            catch (InputException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, (8 * (whole.Length - 10)) - 7, 8 * (whole.Length - 10));
    }

    [Fact]
    public void Random_damage_draws_only_input_exceptions()
    {
        byte[] whole = Zipped(Good);
        var random = new Random(Seed);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = random.Next(5) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int i = random.Next(1, 5); i > 0 && bytes.Length > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = Read(bytes);
            }
            catch (InputException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, round {round}: {e}");
            }
        }

        Assert.True(refused > 2000, $"only {refused} refused, seed {Seed}");
    }

    public void Dispose() => File.Delete(path);

    private static byte[] Zipped(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Optimal))
        {
            zip.Write(bytes);
        }

        return memory.ToArray();
    }

    private byte[] Read(byte[] file)
    {
        File.WriteAllBytes(path, file);
        return IdxFile.Read(path, [3, 2], "get it there");
    }

    private Violation Refused(byte[]? file)
    {
        if (file is not null)
        {
            File.WriteAllBytes(path, file);
        }

        InputException refused = Assert.Throws<InputException>(() => IdxFile.Read(file is null ? path + ".not" : path, [3, 2], "get it there"));
        return Assert.Single(refused.Violations);
    }
}
