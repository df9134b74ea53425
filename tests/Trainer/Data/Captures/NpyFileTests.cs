using BcnnSim.Trainer.Data.Captures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data.Captures;

public sealed class NpyFileTests : IDisposable
{
    private const int Samples = 260;
    private static readonly float[] Noise = CaptureFolder.Noise(Samples, 2);
    private readonly CaptureFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The same samples in every type and layout.</summary>
    [Theory]
    [InlineData("<c8", "260,", 1)]
    [InlineData("<c8", "2, 130", 2)]
    [InlineData("<f4", "260, 2", 1)]
    [InlineData("<f4", "2, 130, 2", 2)]
    [InlineData("<i2", "2, 130, 2", 2)]
    [InlineData("|i1", "260, 2", 1)]
    [InlineData("|u1", "260, 2", 1)]
    [InlineData("<f4", "2, 260", 1, true)]
    [InlineData("<f4", "2, 2, 130", 2, true)]
    [InlineData("|i1", "2, 2, 130", 2, true)]
    public void Arrays_of_every_type_and_layout_are_read(string descr, string shape, int rows, bool planar = false)
    {
        float[] values = planar ? Planar(rows) : Noise;
        byte[] data = descr[^2..] switch
        {
            "i2" => CaptureFolder.Bytes(values, "ci16_le"),
            "i1" => CaptureFolder.Bytes(values, "ci8"),
            "u1" => [.. values.Select(x => (byte)(x + 127))],
            _ => CaptureFolder.Floats(values),
        };
        foreach (byte version in new byte[] { 1, 2, 3 })
        {
            Recording recording = NpyFile.Read(folder.Npy("a.npy", descr, shape, data, version: version), "a.npy");
            Assert.Equal(Enumerable.Range(0, rows).Select(r => (r * (long)Samples / rows, (long)Samples / rows)), recording.Runs.Select(run => (run.Start, run.Count)));
            for (int row = 0; row < rows; row++)
            {
                int first = (row * Samples / rows) + 3;
                double[] re = new double[100], im = new double[100];
                recording.Samples.Read(first, re, im);
                double middle = descr == "|u1" ? -0.5 : 0;
                Assert.Equal(Enumerable.Range(first, 100).Select(n => Noise[2 * n] + middle), re);
                Assert.Equal(Enumerable.Range(first, 100).Select(n => Noise[(2 * n) + 1] + middle), im);
            }
        }
    }

    [Theory]
    [InlineData("|O", "260,", "descr", "never loaded")]
    [InlineData(">c8", "260,", "descr", "big endian")]
    [InlineData(">f4", "260, 2", "descr", "big endian")]
    [InlineData("<c16", "260,", "descr", "complex64, float32, int16, int8 or uint8")]
    [InlineData("<U8", "260,", "descr", "complex64")]
    [InlineData("<c8", "", "shape", "[samples] or [rows, samples]")]
    [InlineData("<c8", "0, 130", "shape", "none of them empty")]
    [InlineData("<c8", "1, 2, 130", "shape", "[samples]")]
    [InlineData("<f4", "520,", "shape", "[samples]")]
    [InlineData("<f4", "130, 4", "shape", "[samples]")]
    [InlineData("<c8", "26, 10", "shape", "at least 128 samples")]
    [InlineData("<c8", "259,", "length", "must be those of shape (259)")]
    [InlineData("<c8", "261,", "length", "must be those of shape (261)")]
    [InlineData("<c8", "9223372036854775807, 9223372036854775807", "length", "must be those of shape")]
    [InlineData("<c8", "99999999999999999999,", "header", "a whole number is expected")]
    [InlineData("<c8", "-1,", "header", "a whole number is expected")]
    [InlineData("<c8", "260", "header", "")]
    [InlineData("<c8", "260,), 'extra': (1,", "header", "unknown key extra")]
    [InlineData("<c8", "260,), 'shape': (260,", "header", "key shape twice")]
    [InlineData("<c8', 'x': '", "260,", "header", "unknown key x")]
    public void Other_arrays_are_refused_with_field_rule_and_remedy(string descr, string shape, string place, string rule)
    {
        string path = folder.Npy("a.npy", descr, shape, CaptureFolder.Floats(Noise));
        if (place == "header" && rule.Length == 0)
        {
            Assert.Equal(Samples, NpyFile.Read(path, "a.npy").Samples.Samples); // (260) without comma is a number in Python, yet harmless
            return;
        }

        Violation violation = Assert.Single(Assert.Throws<InputException>(() => NpyFile.Read(path, "a.npy")).Violations);
        Assert.Equal((path, place), (violation.Source, violation.Place));
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
        Assert.NotEmpty(violation.Remedy);
    }

    [Fact]
    public void Fortran_order_structures_and_values_that_are_not_finite_are_refused()
    {
        Assert.Equal("fortran_order", Refused(folder.Npy("a.npy", "<c8", "2, 130", CaptureFolder.Floats(Noise), fortran: true)).Place);
        string path = folder.Npy("b.npy", "<c8", "260,", CaptureFolder.Floats(Noise));
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. bytes[..^4], 0, 0, 0xC0, 0x7F]);
        Assert.Equal(("sample 259", "NaN"), (Refused(path).Place, Refused(path).Value));
        string text = System.Text.Encoding.Latin1.GetString(bytes).Replace("'<c8'", "[('a')", StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text));
        Assert.Contains("an array of structures", Refused(path).Rule, StringComparison.Ordinal);
    }

    /// <summary>Two rows of 130 samples; the value is put where the layout has that component of that sample.</summary>
    [Theory]
    [InlineData(false, 7, 0)]
    [InlineData(false, 7, 1)]
    [InlineData(false, 259, 1)]
    [InlineData(true, 0, 1)]
    [InlineData(true, 7, 0)]
    [InlineData(true, 7, 1)]
    [InlineData(true, 129, 1)]
    [InlineData(true, 130, 0)]
    [InlineData(true, 259, 0)]
    [InlineData(true, 259, 1)]
    public void A_value_that_is_not_finite_is_named_by_its_sample_in_either_layout(bool planar, int sample, int part)
    {
        float[] values = [.. planar ? Planar(2) : Noise];
        values[planar ? (sample / 130 * 260) + (130 * part) + (sample % 130) : (2 * sample) + part] = float.NaN;
        Violation violation = Refused(folder.Npy("a.npy", "<f4", planar ? "2, 2, 130" : "2, 130, 2", CaptureFolder.Floats(values)));
        Assert.Equal(($"sample {sample}", "NaN"), (violation.Place, violation.Value));
    }

    /// <summary>Behind the first block of the reader too.</summary>
    [Fact]
    public void A_value_that_is_not_finite_is_named_by_its_sample_in_a_long_planar_file()
    {
        const int Long = 200_000;
        var values = new float[2 * Long];
        values[Long + 150_000] = float.PositiveInfinity;
        Assert.Equal("sample 150000", Refused(folder.Npy("a.npy", "<f4", $"2, {Long}", CaptureFolder.Floats(values))).Place);
    }

    [Theory]
    [InlineData("80049500", "pickle")]
    [InlineData("8002", "pickle")]
    [InlineData("504b0304000000000000000000", "unzip")]
    [InlineData("", "numpy.save")]
    [InlineData("934e554d50590400760000000000", "numpy.save")]
    [InlineData("934e554d505901", "numpy.save")]
    [InlineData("934e554d50590100ffff00000000", "truncated")]
    public void Files_of_another_kind_are_refused(string hex, string words)
    {
        string path = folder.File("a.npy");
        File.WriteAllBytes(path, Convert.FromHexString(hex));
        Assert.Contains(words, Refused(path).ToString(), StringComparison.Ordinal);
    }

    private static Violation Refused(string path) => Assert.Single(Assert.Throws<InputException>(() => NpyFile.Read(path, "x")).Violations);

    private static float[] Planar(int rows)
    {
        int length = Samples / rows;
        return [.. Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, 2).SelectMany(part => Enumerable.Range(row * length, length).Select(n => Noise[(2 * n) + part])))];
    }
}
