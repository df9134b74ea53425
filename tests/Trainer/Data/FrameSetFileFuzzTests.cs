using System.Security.Cryptography;
using BcnnSim.Trainer.Data;
using Xunit;

namespace BcnnSim.Trainer.Tests.Data;

/// <summary>Damaged frame caches, also with a hash that fits the damage: the same frames as before, or an <see cref="InputException"/>.</summary>
public sealed class FrameSetFileFuzzTests : IDisposable
{
    private const int Seed = 272;
    private const int Rounds = 1500;
    private const long Slack = 256 << 10;
    private readonly string path = Path.Combine(Path.GetTempPath(), $"bcnntrain-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}.bin");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Damaged_caches_draw_only_input_exceptions()
    {
        var source = new BurstFrameSource(
            new RadioBurstGenerator(new BurstSetDesign { TrainCount = 22, Samples = 128, SnrsDb = [0, 10] }), DataSplit.Train, BurstTransforms.Default("fold", 128), 8);
        FrameSetFile.Write(path, FrameSet.Build(source, 1));
        byte[] valid = File.ReadAllBytes(path);
        int header = valid.Length - 32 - (22 * FrameSet.BytesPerFrame(source));
        var random = new Random(Seed);
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Damage(random, valid, header);
            File.WriteAllBytes(path, bytes);
            refused += Refused($"seed {Seed}, round {round}", source, bytes.Length) ? 1 : 0;
        }

        // Frames changed under a right hash are what the file says; everything else must be refused.
        Assert.InRange(refused, Rounds / 2, Rounds - 1);
    }

    private static byte[] Damage(Random random, byte[] valid, int header)
    {
        byte[] bytes = random.Next(5) switch
        {
            0 => valid[..random.Next(valid.Length)],
            1 => [.. valid, .. new byte[random.Next(1, 100)]],
            _ => [.. valid],
        };
        int reach = random.Next(2) == 0 ? Math.Min(header, bytes.Length) : bytes.Length;
        for (int i = random.Next(1, 4); i > 0 && reach > 0; i--)
        {
            bytes[random.Next(reach)] ^= (byte)random.Next(1, 256);
        }

        if (random.Next(2) == 0 && bytes.Length >= 32)
        {
            SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)).CopyTo(bytes, bytes.Length - 32);
        }

        return bytes;
    }

    private bool Refused(string context, IFrameSource source, int length)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool refused = false;
        try
        {
            Assert.Equal(source.Count, FrameSetFile.Read(path, source).Count);
        }
        catch (InputException e)
        {
            refused = true;
            Assert.All(e.Violations, violation => Assert.Equal(path, violation.Source));
        }
        catch (Exception e)
        {
            Assert.Fail($"{context}: {e}");
        }

        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(used <= (4L * length) + Slack, $"{context}: {used} bytes allocated for a file of {length}");
        return refused;
    }
}
