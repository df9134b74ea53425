using System.Text;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>
/// Random damage to valid files, a fixed budget and a fixed seed: a parser accepts or throws <see cref="InputException"/>, nothing else, and
/// allocates in proportion to the file.
/// </summary>
public sealed class ParserFuzzTests
{
    private const int Seed = 20240;
    private const long FixedAllocation = 1 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_graphs_draw_only_input_exceptions(bool residual)
    {
        (byte[] json, byte[] weights) = TinyFiles(residual);
        Random random = new(Seed);
        for (int round = 0; round < 4000; round++)
        {
            byte[] damaged = round % 2 == 0 ? Mutation.Text(random, json) : Mutation.Bytes(random, json);
            Survives($"graph, seed {Seed}, round {round}", damaged.Length + weights.Length, () => Parse(damaged, weights));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_tensors_draw_only_input_exceptions(bool residual)
    {
        (byte[] json, byte[] weights) = TinyFiles(residual);
        Random random = new(Seed + 1);
        for (int round = 0; round < 4000; round++)
        {
            byte[] damaged = round % 2 == 0 ? Mutation.Header(random, weights) : Mutation.Bytes(random, weights);
            Survives($"weights, seed {Seed + 1}, round {round}", json.Length + damaged.Length, () => Parse(json, damaged));
        }
    }

    [Fact]
    public void Damaged_frames_draw_only_input_exceptions()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.bcnnframes");
        FrameFile.Write(path, RandomNetworks.Frames(TinyNetwork.Create(), 2, 1));
        byte[] valid = File.ReadAllBytes(path);
        Random random = new(Seed + 2);
        for (int round = 0; round < 1000; round++)
        {
            byte[] damaged = Mutation.Bytes(random, valid);
            File.WriteAllBytes(path, damaged);
            Survives($"frames, seed {Seed + 2}, round {round}", damaged.Length, () => FrameFile.Read(path));
        }
    }

    private static void Parse(byte[] json, byte[] weights) => NetworkFile.Parse(json, weights, new ViolationList("json"), new ViolationList("weights"));

    private static void Survives(string context, int fileBytes, Action parse)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            parse();
        }
        catch (InputException refusal)
        {
            Assert.NotEmpty(refusal.Violations);
        }
        catch (Exception failure)
        {
            Assert.Fail($"{context}: {failure}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < FixedAllocation + (200L * fileBytes), $"{context}: {allocated} bytes allocated for a file of {fileBytes}");
    }

    private static (byte[] Json, byte[] Weights) TinyFiles(bool residual)
    {
        Network network = residual ? TinyResidualNetwork.Create() : TinyNetwork.Create();
        byte[] weights = WeightFile.Encode(NetworkWriter.Tensors(network));
        return (NetworkWriter.Text(network, weights).Encode(), weights);
    }
}
