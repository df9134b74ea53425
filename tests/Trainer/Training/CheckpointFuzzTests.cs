using System.Security.Cryptography;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

/// <summary>Damaged checkpoints, also with a hash that fits the damage: read, or an <see cref="InputException"/>, and no more memory than the file justifies.</summary>
public sealed class CheckpointFuzzTests : IDisposable
{
    private const int Seed = 271;
    private const int Rounds = 6000;
    private const string Fingerprint = "0123456789abcdef";
    private const long Slack = 256 << 10;
    private readonly string path = Path.Combine(Path.GetTempPath(), $"bcnntrain-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}.ckpt");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Damaged_checkpoints_draw_only_input_exceptions()
    {
        byte[] valid = Valid();
        var random = new Random(Seed);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Damage(random, valid);
            File.WriteAllBytes(path, bytes);
            accepted += Survives($"seed {Seed}, round {round}", bytes.Length) ? 1 : 0;
        }

        // Damage to weights under a repaired hash is no damage to the format: both outcomes must have been tried.
        Assert.InRange(accepted, 1, Rounds - 1);
    }

    [Theory]
    [InlineData(8, 0xFF, "content")]
    [InlineData(25, 0xFF, "counters")]
    [InlineData(28, 0xFF, "counters")]
    [InlineData(32, 0xFF, "counters")]
    [InlineData(72, 0xFF, "counters")]
    [InlineData(73, 0xFF, "counters")]
    [InlineData(76, 0xFF, "counters")]
    [InlineData(77, 0xFF, "content")]
    [InlineData(88, 0x7F, "weights")]
    public void A_false_number_under_a_right_hash_is_refused_with_its_place(int at, byte value, string place)
    {
        byte[] bytes = Valid();
        bytes[at] = value;
        bytes[at + (at is 25 or 28 or 32 or 72 ? 3 : 0)] = value;
        File.WriteAllBytes(path, Signed(bytes));
        Violation violation = Assert.Single(Assert.Throws<InputException>(() => Read()).Violations);
        Assert.Equal(path, violation.Source);
        Assert.Equal(place, violation.Place);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Values_that_are_not_finite_are_refused_once_for_each_array(float bad)
    {
        Checkpoint.Write(path, Fingerprint, new PhaseState { Epoch = 1, Best = 0.5, BestEpoch = 1 }, [("weights", [1, bad, bad]), ("norm", [bad, 4])]);
        IReadOnlyList<Violation> violations = Assert.Throws<InputException>(() => Read()).Violations;
        Assert.Equal(["weights[1]", "norm[0]"], violations.Select(violation => violation.Place));
        Assert.All(violations, violation => Assert.Equal((path, bad.ToString(System.Globalization.CultureInfo.InvariantCulture)), (violation.Source, violation.Value)));
        Assert.Contains("2 of 3", violations[0].Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_the_last_array_are_refused_under_a_right_hash()
    {
        byte[] valid = Valid();
        File.WriteAllBytes(path, Signed([.. valid[..^32], 0, .. new byte[32]]));
        Assert.Equal("end", Assert.Throws<InputException>(() => Read()).Violations[0].Place);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Assert.Throws<InputException>(() => Checkpoint.ReadState(path, Fingerprint));
        Assert.Throws<InputException>(() => Checkpoint.ReadState(Path.GetTempPath(), Fingerprint));
    }

    private static byte[] Signed(byte[] bytes)
    {
        if (bytes.Length >= 32)
        {
            SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)).CopyTo(bytes, bytes.Length - 32);
        }

        return bytes;
    }

    private static byte[] Damage(Random random, byte[] valid)
    {
        byte[] bytes = random.Next(6) == 0 ? valid[..random.Next(valid.Length)] : [.. valid];
        for (int i = random.Next(1, 5); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : random.Next(2) == 0 ? (byte)0xFF : (byte)0x7F;
        }

        return random.Next(4) == 0 ? bytes : Signed(bytes);
    }

    private static List<(string Name, float[] Value)> Arrays() => [("weights", [1, -2, 3]), ("norm", [0.5f, 4])];

    private byte[] Valid()
    {
        Checkpoint.Write(path, Fingerprint, new PhaseState { Epoch = 3, Step = 2, OptimizerSteps = 40, LossSum = 1.5, Correct = 9, Best = 0.5, BestEpoch = 2 }, Arrays());
        return File.ReadAllBytes(path);
    }

    private PhaseState Read() => Checkpoint.Read(path, Fingerprint, Arrays());

    private bool Survives(string context, int length)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = false;
        try
        {
            accepted = Read().Epoch >= 0;
        }
        catch (InputException refused)
        {
            Assert.All(refused.Violations, violation => Assert.Equal(path, violation.Source));
        }
        catch (Exception e)
        {
            Assert.Fail($"{context}: {e}");
        }

        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(used <= (4L * length) + Slack, $"{context}: {used} bytes allocated for a file of {length}");
        return accepted;
    }
}
