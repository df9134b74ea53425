using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Interchange.Tests;

/// <summary>The comparison can fail: one wrong number in the model of cc-iq is seen in the scores of 32 frames.</summary>
public sealed class PlantedFaultTests
{
    private static readonly Network Right = NetworkFile.Read(Repository.File("models", "networks", "cc-iq"));
    private static readonly IReadOnlyList<Frame> Frames =
        [.. FrameFile.Read(Repository.File("traces", "frames", "cc-iq-test" + FrameFile.Extension)).Frames.Take(32)];

    [Fact]
    public void Each_wrong_number_is_seen()
    {
        using TemporaryFolder folder = new();
        (string Fault, Network Wrong)[] faults =
        [
            ("one weight bit of the first layer", Changed(0, l => l with { Weights = l.Weights with { Re = Flipped(l.Weights.Re) } })),
            ("one weight bit of the last layer", Changed(Right.Layers.Count - 1, l => l with { Weights = l.Weights with { Im = Flipped(l.Weights.Im) } })),
            ("the parts of the weights swapped", Changed(1, l => l with { Weights = l.Weights with { Re = l.Weights.Im, Im = l.Weights.Re } })),
            ("one constant of a norm", Changed(1, l => l with { Norm = OtherSign(l.Norm) })),
            ("one bias by one", Right with { Classifier = Right.Classifier! with { Bias = [Right.Classifier!.Bias[0] + 1, .. Right.Classifier!.Bias[1..]] } }),
            ("nothing", Right),
        ];
        OnnxJob[] jobs = [.. faults.Select((f, i) => OnnxJob.Write(f.Wrong, Frames, folder.File($"fault{i}"), Frames.Count))];
        OnnxRuntime.Run(folder.File("jobs.json"), jobs);
        IReadOnlyList<ReferenceResult> expected = OnnxComparison.Reference(Right, Frames);
        string[] unseen = [.. faults.Where((_, i) => OnnxComparison.Difference(expected, jobs[i].Read()) is null).Select(f => f.Fault)];
        Assert.Equal(["nothing"], unseen);
    }

    [Fact]
    public void A_missing_frame_or_another_class_is_a_difference()
    {
        IReadOnlyList<ReferenceResult> expected = [new(0, [2, 1], []), new(1, [3, 4], [])];
        Assert.Null(OnnxComparison.Difference(expected, [([2, 1], 0), ([3, 4], 1)]));
        Assert.Equal("1 of 2 frames", OnnxComparison.Difference(expected, [([2, 1], 0)]));
        Assert.Equal("frame 1: class 0, expected 1", OnnxComparison.Difference(expected, [([2, 1], 0), ([3, 4], 0)]));
        Assert.Equal("frame 0: scores 2, expected 2 1", OnnxComparison.Difference(expected, [([2], 0), ([3, 4], 1)]));
    }

    private static Network Changed(int index, Func<ConvolutionLayer, ConvolutionLayer> change) =>
        Right with { Layers = [.. Right.Layers.Select((l, i) => i == index ? change(l) : l)] };

    /// <summary>The real constant of channel 0 so large that it alone decides, the other way.</summary>
    private static FoldedNorm OtherSign(FoldedNorm norm) => FoldedNorm.Complex(norm.A, [norm.C[0] >= 0 ? -(1L << 44) : 1L << 44, .. norm.C[1..]]);

    private static byte[] Flipped(byte[] bits) => [(byte)(bits[0] ^ 1), .. bits[1..]];
}
