using System.Text;
using BcnnSim.Trainer.Data.Captures;
using Xunit;
using Xunit.Abstractions;

namespace BcnnSim.Trainer.Tests.Data.Captures;

/// <summary>Damaged recordings: read, or an <see cref="InputException"/> that names a file of the folder, and no more memory than the files justify.</summary>
public sealed class CaptureFuzzTests(ITestOutputHelper log) : IDisposable
{
    private const int Seed = 611;
    private const int Rounds = 3000;
    private const long Slack = 3 << 20; // blocks of the reader
    private static readonly string[] Words =
        ["-1", "9223372036854775807", "1e999", "null", "[]", "{}", "\"\"", "\"cf32_be\"", "true", "0.5", "\\ud800", "core:", "'|O'", ">c8", "(", "(1,", "True", "99999999999999999999", "\0"];

    private readonly CaptureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_sigmf_draws_only_input_exceptions()
    {
        string meta = folder.Sigmf("a", CaptureFolder.Noise(400, 1), "ci16_le", [(0, 200, "QPSK"), (200, null, "noise")]);
        Fuzz("sigmf", [meta, folder.File("a.sigmf-data")], () => SigmfFile.Read(meta, "a"));
    }

    [Fact]
    public void Damaged_npy_draws_only_input_exceptions()
    {
        string path = folder.Npy("a.npy", "<c8", "2, 200", CaptureFolder.Floats(CaptureFolder.Noise(400, 2)));
        Fuzz("npy", [path], () => NpyFile.Read(path, "a.npy"));
    }

    [Fact]
    public void Damaged_raw_samples_draw_only_input_exceptions()
    {
        string path = folder.Raw("a.iq", CaptureFolder.Noise(400, 3), "cf32_le");
        Fuzz("raw", [path], () => RawFile.Read(path, "a.iq", "cf32_le", 1));
    }

    private void Fuzz(string kind, string[] paths, Func<Recording> read)
    {
        byte[][] valid = [.. paths.Select(File.ReadAllBytes)];
        var random = new Random(Seed);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int which = random.Next(4) == 0 ? random.Next(paths.Length) : 0;
            for (int i = 0; i < paths.Length; i++)
            {
                File.WriteAllBytes(paths[i], i == which ? Damage(random, valid[i]) : valid[i]);
            }

            accepted += Survives($"{kind}, seed {Seed}, round {round}", read) ? 1 : 0;
        }

        log.WriteLine($"{kind}: seed {Seed}, {Rounds} rounds, {accepted} read");
        Assert.InRange(accepted, 1, Rounds - 1);
    }

    // Half of the damage hits the first 300 bytes, where the headers are.
    private static byte[] Damage(Random random, byte[] valid)
    {
        byte[] bytes = random.Next(6) switch
        {
            0 => valid[..random.Next(valid.Length)],
            1 => [.. valid, .. new byte[random.Next(1, 100)]],
            _ => [.. valid],
        };
        for (int i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            int reach = random.Next(2) == 0 ? Math.Min(300, bytes.Length) : bytes.Length, at = random.Next(reach);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] ^= (byte)random.Next(1, 256);
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789,:'\"(){}[]<>|"[random.Next(23)];
                    break;
                default:
                    bytes = [.. bytes[..at], .. Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)]), .. bytes[(at + random.Next(bytes.Length - at))..]];
                    break;
            }
        }

        return bytes;
    }

    private bool Survives(string context, Func<Recording> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = false;
        try
        {
            Recording recording = read();
            accepted = true;
            double[] re = new double[1], im = new double[1];
            Assert.All(recording.Runs, run => recording.Samples.Read(run.Start + run.Count - 1, re, im));
            Assert.True(double.IsFinite(re[0] + im[0]), context);
        }
        catch (InputException refused)
        {
            Assert.All(refused.Violations, v => Assert.StartsWith(folder.Root, v.Source, StringComparison.Ordinal));
            Assert.All(refused.Violations, v => Assert.True(v.Place.Length > 0 && v.Rule.Length > 0 && v.Remedy.Length > 0 && !v.Value.Any(char.IsControl), context));
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{context}: {e}");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Slack);
        return accepted;
    }
}
