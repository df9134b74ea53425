using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Interchange.Tests;

/// <summary>Numbers at the edge of what the format of the model must hold.</summary>
public sealed class EdgeCaseTests
{
    private const int Seed = 20;
    private static readonly MapShape Map = new(4, 4, 1);

    /// <summary>y = +-acc + m*2^s - 2^(s-1): a sum below 0 gives m - 1, any other m, so one lost unit shows; m goes up to saturation and y to 47 bits.</summary>
    [Fact]
    public void Rounding_is_exact_at_every_shift()
    {
        Random random = new(Seed);
        byte[] shift = [.. Enumerable.Range(0, 120).Select(c => (byte)((c % 40) + 1))];
        short[] a = [.. shift.SelectMany((_, c) => new short[] { (short)(c % 3 == 0 ? -1 : 1), 1 })];
        long[] c = [.. shift.SelectMany(s => new[] { Constant(s), Constant(s) })];
        Agrees(OneLayer(FoldedNorm.Diagonal(a, c, shift), values: true));

        long Constant(int s)
        {
            long most = Math.Min(short.MaxValue, (1L << (46 - s)) - 1);
            long m = random.Next(3) switch { 0 => -most, 1 => most, _ => random.NextInt64(-most, most + 1) };
            return (m << s) - (1L << (s - 1));
        }
    }

    /// <summary>The sign of +-acc + C with C at, just above and just below what the sums can cancel, and near 2^47, where float32 would lose it.</summary>
    [Fact]
    public void Signs_are_exact_for_48_bit_constants()
    {
        short[] a = [.. Enumerable.Range(0, 240).Select(i => (short)(i % 7 == 0 ? 0 : i % 3 == 0 ? -32768 : 32767))];
        long[] c = [.. a.Select((v, i) => i % 7 == 0 ? (i % 2 == 0 ? 0 : -1) : (v * ((i % 11) - 5) * 2L) + (i % 3) - 1)];
        Agrees(OneLayer(FoldedNorm.Diagonal(a, c), values: false));
        long[] large = [.. c.Select((v, i) => i % 5 == 0 ? ((1L << 47) - (1L << 27)) * (i % 2 == 0 ? 1 : -1) : v)];
        Agrees(OneLayer(FoldedNorm.Complex([.. a.Zip(a.Reverse(), (x, y) => (x, y)).SelectMany(p => new[] { (short)(p.x / 2), (short)(p.y / 2) })], large), values: false));
    }

    [Fact]
    public void Thresholds_at_every_sum_and_outside_of_all_are_exact()
    {
        long[] t = [.. Enumerable.Range(-120, 236).Select(i => 2L * i), (1L << 47) - 1, 1 - (1L << 47), (1L << 24) + 1, -(1L << 24) - 1];
        Agrees(OneLayer(FoldedNorm.Threshold(t, [.. t.Select((_, i) => (byte)(i / 2 % 2))]), values: false));
    }

    [Fact]
    public void The_lowest_class_wins_a_tie()
    {
        Network network = TinyNetwork.Create();
        ClassifierLayer head = network.Classifier!;
        sbyte[] row = head.Weights[..head.Features];
        network = network with { Classifier = head with { Weights = [.. row, .. row, .. row], Bias = [4, 5, 5] } };
        Assert.All(Agrees(network), r => Assert.Equal(1, r.Class));
    }

    /// <summary>Scores near 2^47 differ by 1.</summary>
    [Fact]
    public void Large_scores_are_exact()
    {
        Network network = TinyNetwork.Create();
        ClassifierLayer head = network.Classifier!;
        long most = (1L << 47) - (1L << 20);
        Agrees(network with { Classifier = head with { Bias = [most, most + 1, -most - 1] } });
    }

    [Fact]
    public void Residual_networks_with_every_kind_of_block_agree() => Agrees(TinyResidualNetwork.Create());

    private static IReadOnlyList<ReferenceResult> Agrees(Network network)
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<Frame> frames = RandomNetworks.Frames(network, 8, Seed).Frames;
        OnnxJob job = OnnxJob.Write(network, frames, folder.File("edge"), 3);
        OnnxRuntime.Run(folder.File("jobs.json"), job);
        IReadOnlyList<ReferenceResult> expected = OnnxComparison.Reference(network, frames);
        Assert.Null(OnnxComparison.Difference(expected, job.Read()));
        return expected;
    }

    /// <summary>One 1x1 convolution of a 7-bit input and a classifier of eight classes on what the norm gives.</summary>
    private static Network OneLayer(FoldedNorm norm, bool values)
    {
        Random random = new(Seed);
        int channels = norm.Channels;
        ConvolutionLayer layer = new(
            "conv", Network.InputName, Map, channels, 1, 1, 1, 1, 0, 0, 1, 1, norm, RandomLayers.Weights(random, channels, 1, masked: false))
        {
            Output = values ? OutputKind.Values : OutputKind.Bits,
        };
        Assert.Equal(-1, norm.FirstUnprovenRow(layer.AccumulatorBound(7)));
        sbyte[] weights = new sbyte[8 * 2 * channels];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
        ClassifierLayer head = new("head", "conv", layer.OutputShape, 8, weights, new long[8]) { ReadsValues = values };
        return new Network(
            "edge", new NetworkInput(Map.Height, Map.Width, Map.Channels, 7, "none", new Dictionary<string, double>()), [layer], head,
            [.. Enumerable.Range(0, 8).Select(k => $"class {k}")], new PruningRecord("none", channels, channels), new Dictionary<string, string>());
    }
}
