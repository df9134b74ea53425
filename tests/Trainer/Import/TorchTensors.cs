using BcnnSim.Networks;
using BcnnSim.Trainer.Layers;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>A float network as a user of PyTorch would write it: float32 tensors by name, kernels [Cout, Cin, Kh, Kw], a linear head.</summary>
internal sealed class TorchTensors
{
    private readonly SortedDictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);

    public TorchTensors(ComplexNet<float> net)
    {
        for (int i = 0; i < net.Convolutions.Count; i++)
        {
            (BinaryConvolution<float> convolution, NormState<float> norm, string name) = (net.Convolutions[i], net.Norms[i].State, $"conv{i + 1}");
            Put($"{name}.weight.re", Kernel(convolution.Shape), Torch(convolution.Shape, convolution.WeightRe));
            Put($"{name}.weight.im", Kernel(convolution.Shape), Torch(convolution.Shape, convolution.WeightIm));
            Pair($"{name}.norm.gain", [.. norm.GainRe, .. norm.GainIm]);
            Pair($"{name}.norm.shift", [.. norm.ShiftRe, .. norm.ShiftIm]);
            Pair($"{name}.norm.mean", norm.RunningMean);
            Pair($"{name}.norm.variance", norm.RunningVariance);
        }

        Head(net.Head);
        foreach ((string name, float[] values) in (net.Imaginary?.State.Parameters().Select(p => (p.Name, p.Value)) ?? []).Concat(net.Imaginary?.State.Statistics() ?? []))
        {
            int channels = net.Imaginary!.State.Channels;
            Put(name, name.Contains("weight", StringComparison.Ordinal) ? [channels, channels] : [channels], values);
        }
    }

    public float[] this[string name] => tensors[name].ToSingle();

    public void Put(string name, long[] shape, float[] values) => tensors[name] = WeightTensor.Of(name, shape, values);

    public void Put(WeightTensor tensor) => tensors[tensor.Name] = tensor;

    public void Remove(string name) => tensors.Remove(name);

    /// <summary>Latent weights by their sign, 0 by +1.</summary>
    public void Binarize()
    {
        foreach (string name in tensors.Keys.Where(name => name.Contains(".weight.", StringComparison.Ordinal)).ToArray())
        {
            Put(name, [.. tensors[name].Shape], Array.ConvertAll(this[name], v => v >= 0 ? 1f : -1f));
        }
    }

    public void Write(string path) => WeightFile.Write(path, tensors.Values, new Dictionary<string, string> { ["format"] = "pt" });

    private static long[] Kernel(ConvolutionShape s) => [s.OutputChannels, s.Input.Channels, s.KernelHeight, s.KernelWidth];

    private static float[] Torch(ConvolutionShape s, float[] taps)
    {
        var kernel = new List<float>();
        for (int o = 0; o < s.OutputChannels; o++)
        {
            for (int c = 0; c < s.Input.Channels; c++)
            {
                for (int ky = 0; ky < s.KernelHeight; ky++)
                {
                    for (int kx = 0; kx < s.KernelWidth; kx++)
                    {
                        kernel.Add(taps[(o * s.Taps) + (((ky * s.KernelWidth) + kx) * s.Input.Channels) + c]);
                    }
                }
            }
        }

        return [.. kernel];
    }

    private void Pair(string name, float[] both)
    {
        int channels = both.Length / 2;
        Put($"{name}.re", [channels], both[..channels]);
        Put($"{name}.im", [channels], both[channels..]);
    }

    private void Head(ClassifierHead<float> head)
    {
        double[] gain = [.. head.Gain.Zip(head.RunningVariance, (g, v) => g / Math.Sqrt(v + ClassifierHead<float>.Epsilon))];
        Put("head.weight", [head.Classes, head.Features], [.. head.Weight.Select((w, i) => (float)(w * gain[i / head.Features]))]);
        Put("head.bias", [head.Classes], [.. head.Shift.Select((b, k) => (float)(b - (gain[k] * head.RunningMean[k])))]);
    }
}
