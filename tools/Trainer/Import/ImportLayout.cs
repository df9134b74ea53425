using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Import;

/// <summary>Names and shapes of the tensors that a network trained elsewhere comes in; the table in tools/Trainer/README.md says what each means.</summary>
internal static class ImportLayout
{
    private const string Norm = "norm";

    /// <summary>For the command's help.</summary>
    public const string Help = """
        Takes a network trained elsewhere: geometry, data and class names from the training configuration, numbers from float32 tensors.
          convN.weight.re, .im                      [Cout, Cin, Kh, Kw]  latent or +-1; sign(0) = +1
          convN.norm.gain.re, .im, .shift.re, .im   [Cout]               complex gain and shift behind (x - mean) / sqrt(2 variance + 1e-5); no gain.im with norm diagonal or threshold
          convN.norm.mean.re, .im, .variance.re, .im  [Cout]             biased, per component, of the pooled sums of w * x, x in [-1, 1]
          head.weight, head.bias                    [K, 2C], [K]         features averaged over the map, real ones first
          imaginary.gain1, shift1, mean1, variance1, weight1, gain2, shift2, mean2, variance2, weight2, bias
                                                    [C], weights [C, C]  only with the transform learned-imaginary
        N = 1, 2, ... in the order of the configuration. tools/Trainer/README.md has the conventions, examples/pytorch_export.py a worked example.
        """;

    /// <summary>Every tensor of the file; each target is a part of <paramref name="net"/>.</summary>
    public static IEnumerable<ImportTensor> Of(ComplexNet<float> net) =>
        [.. Enumerable.Range(0, net.Convolutions.Count).SelectMany(i => Layer(net, i)), .. Head(net.Head), .. Imaginary(net.Imaginary?.State)];

    private static IEnumerable<ImportTensor> Layer(ComplexNet<float> net, int layer)
    {
        string node = $"conv{layer + 1}";
        BinaryConvolution<float> convolution = net.Convolutions[layer];
        ConvolutionShape shape = convolution.Shape;
        NormState<float> norm = net.Norms[layer].State;
        int channels = norm.Channels;
        long[] kernel = [channels, shape.Input.Channels, shape.KernelHeight, shape.KernelWidth];
        ImportTensor Of(string part, Memory<float> target) => new(node, $"{node}.{Norm}.{part}", [channels], target);
        return
        [
            new(node, $"{node}.weight.re", kernel, convolution.WeightRe),
            new(node, $"{node}.weight.im", kernel, convolution.WeightIm),
            Of("gain.re", norm.GainRe),
            .. norm.IsDiagonal ? [] : (ImportTensor[])[Of("gain.im", norm.GainIm)],
            Of("shift.re", norm.ShiftRe),
            Of("shift.im", norm.ShiftIm),
            Of("mean.re", norm.RunningMean.AsMemory(0, channels)),
            Of("mean.im", norm.RunningMean.AsMemory(channels)),
            Of("variance.re", norm.RunningVariance.AsMemory(0, channels)) with { IsVariance = true },
            Of("variance.im", norm.RunningVariance.AsMemory(channels)) with { IsVariance = true },
        ];
    }

    private static IEnumerable<ImportTensor> Head(ClassifierHead<float> head) =>
    [
        new("head", "head.weight", [head.Classes, head.Features], head.Weight),
        new("head", "head.bias", [head.Classes], head.Shift),
    ];

    private static IEnumerable<ImportTensor> Imaginary(ImaginaryState<float>? state) => state is null
        ? []
        : state.Parameters().Select(p => (p.Name, p.Value)).Concat(state.Statistics()).Select(array => new ImportTensor(
            "imaginary", array.Name, array.Value.Length == state.Channels ? [state.Channels] : [state.Channels, state.Channels], array.Value)
        { IsVariance = array.Name.Contains("variance", StringComparison.Ordinal) });
}
