using BcnnSim.Networks;
using BcnnSim.Numerics;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Data;
using BcnnSim.Trainer.Import;
using BcnnSim.Trainer.Kernels;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>bcnntrain import-weights on good files.</summary>
public class ImportWeightsTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Latent_and_binary_tensors_give_the_files_that_export_writes(bool residual, bool fractionBits)
    {
        using var made = new ImportCase(residual, fractionBits);
        made.Tensors.Write(made.Weights);
        Assert.Equal(0, made.Run(made.Output()));
        Network latent = NetworkFile.Read(made.Output());
        var export = new CalibratedExport(made.Configuration);
        export.Measure(made.Net, new WorkSplit(1));
        NetworkFile.Write(export.Export(made.Net, latent.Pruning.DenseWeights) with { Provenance = latent.Provenance }, made.Output("expected"));
        Assert.Equal("none", latent.Pruning.Structure);
        Same(made.Output("expected"), made.Output(), "network.json", "weights.safetensors");
        made.Tensors.Binarize();
        made.Tensors.Write(made.Weights);
        Assert.Equal(0, made.Run(Path.Combine(made.Output("binary"), made.Configuration.Name)));
        Same(made.Output(), Path.Combine(made.Output("binary"), made.Configuration.Name), "weights.safetensors");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_machines_integers_are_what_plain_loops_over_the_tensors_compute(bool residual)
    {
        using var made = new ImportCase(residual);
        made.Tensors.Write(made.Weights);
        Assert.Equal(0, made.Run(made.Output()));
        Network network = NetworkFile.Read(made.Output());
        var direct = new DirectEvaluation(made.Tensors, made.Net.Shape, network.ValueFractionBits);
        var differences = new List<(double Whole, double Real)>();
        long[] different = new long[network.Layers.Count], total = new long[network.Layers.Count];
        int answers = 0;
        var seen = new List<int>();
        IReadOnlyList<Frame> frames = ExportFramesCommand.Pack(DataSplits.Source(made.Configuration.Data, DataSplit.Validation), 8).Frames;
        foreach (Frame frame in frames)
        {
            double[] logits = direct.Run(frame);
            ReferenceResult result = ReferenceExecutor.Run(network, frame);
            seen.Add(result.Class);
            answers += result.Class == Array.IndexOf(logits, logits.Max()) ? 1 : 0;
            differences.AddRange(logits.Select((logit, k) => ((double)(result.Scores[k] - result.Scores[0]), logit - logits[0])));
            for (int i = 0; i < different.Length; i++)
            {
                different[i] += BitsDifferent(result.Maps[i], direct.Maps[i]);
                total[i] += 2 * result.Maps[i].Re.Length;
            }
        }

        Assert.All(different.Zip(total), layer => Assert.True(layer.First <= layer.Second / 200, $"{layer.First} of {layer.Second} bits"));
        Assert.True(seen.Distinct().Count() > 2, "answers that do not vary prove little");
        Assert.True(answers >= frames.Count - 1, $"{answers} of {frames.Count} answers");
        double correlation = differences.Sum(d => d.Whole * d.Real) / Math.Sqrt(differences.Sum(d => d.Whole * d.Whole) * differences.Sum(d => d.Real * d.Real));
        Assert.True(correlation > 0.999, $"correlation {correlation}");
    }

    [Fact]
    public void Calibration_replaces_the_statistics_of_the_file_and_leaves_the_head_alone()
    {
        using var made = new ImportCase(residual: false);
        made.Tensors.Put("conv1.norm.variance.im", [8], [.. made.Tensors["conv1.norm.variance.im"].Select(v => 3 * v)]);
        made.Tensors.Write(made.Weights);
        Assert.Equal(0, made.Run(made.Output()));
        Assert.Equal(0, made.Run(Path.Combine(made.Output("again"), "smoke"), "--calibrate"));
        var export = new CalibratedExport(made.Configuration);
        export.Calibrate(made.Net, new WorkSplit(1));
        made.Net.Head.BypassNorm();
        export.Measure(made.Net, new WorkSplit(1));
        NetworkFile.Write(export.Export(made.Net, made.Net.Shape.ComplexWeights), made.Output("expected"));
        Same(made.Output("expected"), Path.Combine(made.Output("again"), "smoke"), "weights.safetensors");
        Assert.NotEqual(NetworkFile.Read(made.Output()).Layers[0].Norm.A, NetworkFile.Read(Path.Combine(made.Output("again"), "smoke")).Layers[0].Norm.A);
    }

    [Fact]
    public void A_learned_imaginary_part_comes_with_the_file()
    {
        using ComplexNet<float> net = SmallNetworks.Random(6, learnedImaginary: true);
        using var read = new ComplexNet<float>(net.Shape, net.Batch);
        string path = Path.GetTempFileName();
        new TorchTensors(net).Write(path);
        _ = ImportFile.Read(path, read);
        File.Delete(path);
        Assert.Equal(net.Imaginary!.State.Parameters().SelectMany(p => p.Value), read.Imaginary!.State.Parameters().SelectMany(p => p.Value));
        Assert.Equal(net.Imaginary.State.Statistics().SelectMany(s => s.Value), read.Imaginary.State.Statistics().SelectMany(s => s.Value));
        Assert.Equal(net.Convolutions[0].WeightIm, read.Convolutions[0].WeightIm);
    }

    [Fact]
    public void An_imaginary_gain_has_no_place_in_a_network_with_diagonal_norms()
    {
        using ComplexNet<float> net = SmallNetworks.Random(6);
        using var read = new ComplexNet<float>(net.Shape with { Norm = NormKind.Diagonal }, net.Batch);
        string path = Path.GetTempFileName();
        new TorchTensors(net).Write(path);
        InputException refused = Assert.Throws<InputException>(() => ImportFile.Read(path, read));
        File.Delete(path);
        Assert.Equal(["tensor conv1.norm.gain.im", "tensor conv2.norm.gain.im", "tensor conv3.norm.gain.im"], refused.Violations.Select(violation => violation.Place));
    }

    private static void Same(string expected, string actual, params string[] files) =>
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(actual, file))));

    private static long BitsDifferent(ReferenceMap map, System.Numerics.Complex[,,] direct)
    {
        (int width, int channels) = (map.Shape.Width, map.Shape.Channels);
        return Enumerable.Range(0, map.Re.Length).Sum(i =>
        {
            System.Numerics.Complex sign = DirectEvaluation.Sign(direct[i % channels, i / channels / width, i / channels % width]);
            return (map.Re[i] == sign.Real ? 0 : 1) + (map.Im[i] == sign.Imaginary ? 0 : 1);
        });
    }
}
