using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Export;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Export;

public sealed class LearnedImaginaryExportTests : IDisposable
{
    private const int Count = 24;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"bcnntrain-imaginary-{Environment.ProcessId}");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Packed_frames_hold_the_integers_that_float_and_integer_evaluation_used(int seed)
    {
        using ComplexNet<float> net = SmallNetworks.Random(seed, learnedImaginary: true);
        Network network = Exported(net);
        var source = new PatternFrames(Count, seed);
        using FeatureBatch<float> real = Loaded(source), whole = Loaded(source);
        var work = new WorkSplit(2);
        _ = net.Forward(real, false, work);
        using var integers = new IntegerNet(network, 32);
        long[] scores = integers.Forward(whole, work);
        IReadOnlyList<Frame> frames = ExportFramesCommand.Pack(new LearnedImaginarySource(source, network.Input.Imaginary!), Count).Frames;
        HashSet<int> seen = [];
        for (int i = 0; i < Count * 120; i++)
        {
            (int lane, int pixel, Frame frame) = (i % 4, i / 4 % 30, frames[i / 120]);
            int u = lane < 2 ? frame.ReValue(pixel / 5, pixel % 5, lane) : frame.ImValue(pixel / 5, pixel % 5, lane - 2);
            Assert.True(real.Values[i] == (2 * u) - 7 && whole.Values[i] == (2 * u) - 7, $"seed {seed}, value {i}: {real.Values[i]}, {whole.Values[i]}, frame {u}");
            _ = lane < 2 || seen.Add(u);
        }

        Assert.True(seen.Count > 2, $"seed {seed}: the imaginary part takes {seen.Count} values");
        for (int n = 0; n < Count; n++)
        {
            Assert.Equal(ReferenceExecutor.Run(network, frames[n]).Scores, scores[(3 * n)..(3 * (n + 1))]);
            Assert.Equal(source.Label(n), frames[n].Label);
        }
    }

    [Fact]
    public void The_frames_command_takes_the_network_exactly_where_a_part_of_the_frames_is_learned()
    {
        using ComplexNet<float> net = SmallNetworks.Random(6, learnedImaginary: true);
        NetworkFile.Write(Exported(net), folder);
        var plain = new PatternFrames(Count, 1);
        Assert.Same(plain, ExportFramesCommand.WithImaginary(plain, null));
        Assert.Equal("--network", Refused(plain, folder));
        var learned = new NamedFrames(plain, LearnedImaginary.TransformName);
        Assert.Equal("--network", Refused(learned, null));
        Assert.IsType<LearnedImaginarySource>(ExportFramesCommand.WithImaginary(learned, folder));
        Assert.Equal("input", Refused(new NamedFrames(new PatternFrames(Count, 1, bits: 4), LearnedImaginary.TransformName), folder));
    }

    [Fact]
    public void Images_are_reported_by_class_and_bursts_by_tag()
    {
        var images = new EvaluationResult(0, [0, 1, 1, 2], [0, 1, 2, 2], [float.NaN, float.NaN, float.NaN, float.NaN], 3);
        Assert.False(images.HasTags);
        Assert.Equal([(0, 1.0), (1, 1.0), (2, 0.5)], images.ByClass());
        Assert.True((images with { Tags = [0, 0, 2, float.NaN] }).HasTags);
    }

    [Fact]
    public void A_decision_counts_as_changed_where_the_answers_differ_right_or_wrong()
    {
        float[] tags = [0, 0, 0, 0];
        var real = new EvaluationResult(0, [0, 1, 1, 2], [0, 1, 2, 2], tags, 3);
        Assert.Equal(0, real.DecisionsChanged(real));
        Assert.Equal(2, real.DecisionsChanged(real with { Predictions = [0, 2, 0, 2] }));
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Refused(IFrameSource source, string? network) =>
        Assert.Single(Assert.Throws<InputException>(() => ExportFramesCommand.WithImaginary(source, network)).Violations).Place;

    private static Network Exported(ComplexNet<float> net)
    {
        NetworkInput input = new(6, 5, 2, 3, LearnedImaginary.TransformName, new Dictionary<string, double>());
        return NetworkExport.Export("small", net, input, ["a", "b", "c"], net.Shape.ComplexWeights, new Dictionary<string, string>());
    }

    private static FeatureBatch<float> Loaded(IFrameSource source)
    {
        var batch = new FeatureBatch<float>(32, new MapShape(6, 5, 2));
        new FrameStore(source, 1).Load([.. Enumerable.Range(0, Count)], batch, new int[Count]);
        return batch;
    }

    private sealed class NamedFrames(IFrameSource source, string transform) : IFrameSource
    {
        public int Count => source.Count;

        public int Height => source.Height;

        public int Width => source.Width;

        public int Channels => source.Channels;

        public int Classes => source.Classes;

        public int InputBits => source.InputBits;

        public IReadOnlyList<string> ClassNames => source.ClassNames;

        public string Configuration => source.Configuration;

        public string TransformName => transform;

        public IReadOnlyDictionary<string, double> TransformParameters => source.TransformParameters;

        public void Fill(int index, Span<float> re, Span<float> im) => source.Fill(index, re, im);

        public void FillIntegers(int index, Span<byte> re, Span<byte> im) => source.FillIntegers(index, re, im);

        public int Label(int index) => source.Label(index);

        public float Tag(int index) => source.Tag(index);
    }
}
