using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>On files made in the published format; the real ones cannot be fetched here.</summary>
public sealed class SvhnTests : IDisposable
{
    private const int Seed = 83;
    private const int Count = 7;
    private static readonly int[] Dimensions = [32, 32, 3, Count];
    private static readonly byte[] Pixels = Random(Count * 3072);
    private static readonly byte[] Digits = [10, 1, 9, 3, 10, 5, 2];
    private static readonly int[] PerClass = [2, 1, 1, 1, 0, 1, 0, 0, 0, 1];
    private readonly string folder = Directory.CreateTempSubdirectory("bcnntrain-svhn").FullName;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Images_come_out_row_by_row_and_label_10_is_digit_0(bool compressed, bool doubles)
    {
        byte[] x = X(), y = Y(Digits, doubles);
        ImageSet set = Read(compressed ? MatBuilder.File(MatBuilder.Compressed(x), MatBuilder.Compressed(y)) : MatBuilder.File(y, x));
        Assert.Equal([0, 1, 9, 3, 0, 5, 2], set.Labels);
        for (int i = 0; i < Pixels.Length; i++)
        {
            (int n, int c, int row, int column) = (i / 3072, i / 1024 % 3, i / 32 % 32, i % 32);
            Assert.Equal(Pixels[row + (32 * (column + (32 * (c + (3 * n)))))], set.Image(n)[i % 3072]);
        }
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "header", "header" }, { "big endian", "header" }, { "other dimensions", "variable X" }, { "two dimensions", "variable X" }, { "class int16", "variable X" },
        { "complex", "variable X" }, { "unknown variable", "variable" }, { "X twice", "variable" }, { "no y", "variable y" }, { "label 0", "y[1]" },
        { "label 11", "y[1]" }, { "label 1.5", "variable y, element 0" }, { "data type int16", "variable X" }, { "unknown element", "element at byte 128" },
        { "oversized element", "element at byte 128" }, { "bytes after the values", "variable X" }, { "checksum", "zlib" }, { "bomb", "compressed element" }, { "empty", "length" },
        { "matrix and more", "compressed element" }, { "long name", "name" }, { "nine dimensions", "dimensions" }, { "label changed", "class 2 (2)" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_file_of_other_content_is_refused_with_its_place(string name, string place)
    {
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => Read(Make(name))).Violations);
        Assert.Equal((Path.Combine(folder, "test_32x32.mat"), place), (violation.Source, violation.Place));
        Assert.Contains("ufldl.stanford.edu", violation.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Equal("missing", Assert.Throws<InputException>(() => Svhn.Read(folder, test: false)).Violations[0].Value);

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = MatBuilder.File(MatBuilder.Compressed(Y(Digits, true)), MatBuilder.Compressed(X()));
        for (int length = 0; length < whole.Length; length += length < 400 ? 1 : 211)
        {
            InputException refused = Assert.Throws<InputException>(() => Read(whole[..length]));
            Assert.NotEmpty(refused.Violations);
        }
    }

    [Fact]
    public void Random_damage_draws_only_input_exceptions()
    {
        byte[][] valid = [MatBuilder.File(Y(Digits, true), X()), MatBuilder.File(MatBuilder.Compressed(Y(Digits, false)), MatBuilder.Compressed(X()))];
        var random = new Random(Seed);
        int refused = 0;
        for (int round = 0; round < 1500; round++)
        {
            byte[] bytes = [.. valid[round % 2]];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                // Three of four hit the structure at the front rather than pixels.
                bytes[random.Next(random.Next(4) == 0 ? bytes.Length : 400)] = (byte)random.Next(256);
            }

            try
            {
                _ = Read(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            }
            catch (InputException)
            {
                refused++; // what damage deserves, but for other pixels of an uncompressed file
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, round {round}: {e}");
            }
        }

        // 1,105 by the whole reader, 1,058 by one without header, class and dimensions.
        Assert.True(refused > 1080, $"only {refused} refused, seed {Seed}");
    }

    /// <summary>Labels of the right number but of another file: the published sizes of the classes are asked for.</summary>
    [Fact]
    public void A_file_of_the_published_size_whose_labels_are_all_1_is_refused()
    {
        const int Images = 26_032;
        byte[] Labels(params int[] perClass) => [.. perClass.SelectMany((count, digit) => Enumerable.Repeat((byte)(digit == 0 ? 10 : digit), count))];
        byte[] x = MatBuilder.Compressed(MatBuilder.Variable("X", MatBuilder.UInt8Class, [32, 32, 3, Images], new byte[3072 * Images]));
        void Put(byte[] labels) => File.WriteAllBytes(
            Path.Combine(folder, "test_32x32.mat"), MatBuilder.File(x, MatBuilder.Compressed(MatBuilder.Variable("y", MatBuilder.UInt8Class, [Images, 1], labels))));
        Put(Labels(0, Images));
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => Svhn.Read(folder, test: true)).Violations);
        Assert.Equal(("class 0 (0)", "0 images"), (violation.Place, violation.Value));
        Assert.Contains("1744 images", violation.Rule, StringComparison.Ordinal);
        Put(Labels(1744, 5099, 4149, 2882, 2523, 2384, 1977, 2019, 1660, 1595));
        Assert.Equal(Images, Svhn.Read(folder, test: true).Count);
    }

    public void Dispose() => Directory.Delete(folder, true);

    private static byte[] X() => MatBuilder.Variable("X", MatBuilder.UInt8Class, Dimensions, Pixels);

    private static byte[] Y(byte[] digits, bool doubles) => MatBuilder.Variable("y", MatBuilder.DoubleClass, [Count, 1], digits, doubles);

    private static byte[] Make(string name)
    {
        byte[] x = X(), y = Y(Digits, false), whole = MatBuilder.File(x, y);
        byte[] Changed(int at, byte value)
        {
            byte[] bytes = [.. whole];
            bytes[at] = value;
            return bytes;
        }

        return name switch
        {
            "header" => Changed(125, 2),
            "big endian" => Changed(126, (byte)'M'),
            "other dimensions" => MatBuilder.File(MatBuilder.Variable("X", MatBuilder.UInt8Class, [32, 32, Count, 3], Pixels), y),
            "two dimensions" => MatBuilder.File(MatBuilder.Variable("X", MatBuilder.UInt8Class, [1024, 3 * Count], Pixels), y),
            "class int16" => MatBuilder.File(MatBuilder.Variable("X", 10, Dimensions, Pixels), y),
            "complex" => MatBuilder.File(MatBuilder.Variable("X", MatBuilder.UInt8Class, Dimensions, Pixels, flags: 8), y),
            "unknown variable" => MatBuilder.File(x, MatBuilder.Variable("z", MatBuilder.DoubleClass, [Count, 1], Digits)),
            "X twice" => MatBuilder.File(x, x),
            "no y" => MatBuilder.File(x),
            "label 0" => MatBuilder.File(x, Y([10, 0, 9, 3, 10, 5, 2], false)),
            "label 11" => MatBuilder.File(x, Y([10, 11, 9, 3, 10, 5, 2], true)),
            "label 1.5" => MatBuilder.File(x, MatBuilder.Variable("y", MatBuilder.DoubleClass, [Count, 1], 9, [.. Enumerable.Repeat(BitConverter.GetBytes(1.5), Count).SelectMany(b => b)])),
            "data type int16" => MatBuilder.File(MatBuilder.Variable("X", MatBuilder.UInt8Class, Dimensions, 3, Pixels), y),
            "unknown element" => Changed(128, 13),
            "oversized element" => Changed(128 + 6, 200),
            "bytes after the values" => MatBuilder.File([14, 0, 0, 0, .. BitConverter.GetBytes(x.Length - 8 + 8), .. x[8..], .. new byte[8]], y),
            "matrix and more" => MatBuilder.File(MatBuilder.Compressed([.. x, .. new byte[8]])),
            "long name" => MatBuilder.File(MatBuilder.Variable(new string('X', 64), MatBuilder.UInt8Class, Dimensions, Pixels), y),
            "nine dimensions" => MatBuilder.File(MatBuilder.Variable("X", MatBuilder.UInt8Class, [.. Dimensions, 1, 1, 1, 1, 1], Pixels), y),
            "label changed" => MatBuilder.File(x, Y([10, 1, 9, 3, 10, 5, 3], false)),
            "checksum" => [.. MatBuilder.File(MatBuilder.Compressed(y))[..^1], 0],
            "bomb" => MatBuilder.File(MatBuilder.Compressed(new byte[2_000_000])),
            _ => [],
        };
    }

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }

    private ImageSet Read(byte[] file)
    {
        File.WriteAllBytes(Path.Combine(folder, "test_32x32.mat"), file);
        return Svhn.Read(folder, test: true, PerClass);
    }
}
