using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BcnnSim.Networks;

namespace BcnnSim.Reporting;

/// <summary>SHA-256 over everything of a network that influences results: shapes, weights, masks, constants.</summary>
public static class NetworkHash
{
    public static string Of(Network network)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        NetworkInput i = network.Input;
        Add(hash, $"{i.Height} {i.Width} {i.Channels} {i.InputBits}");
        foreach (ConvolutionLayer l in network.Layers)
        {
            Add(hash, $"{l.Source} {l.InputShape} {l.OutputChannels} {l.KernelHeight} {l.KernelWidth} {l.StrideY} {l.StrideX} {l.PaddingY} {l.PaddingX} {l.SumPool} {l.MaxPool} {l.Norm.Kind}");
            if (l.KeptTaps is int[] taps)
            {
                Add(hash, $"kept taps {taps.Length}");
                hash.AppendData(MemoryMarshal.AsBytes(taps.AsSpan()));
            }

            hash.AppendData(l.Weights.Re);
            hash.AppendData(l.Weights.Im);
            hash.AppendData(l.Weights.Mask ?? []);
            hash.AppendData(MemoryMarshal.AsBytes(l.Norm.A.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(l.Norm.C.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(l.Norm.T.AsSpan()));
            hash.AppendData(l.Norm.D);
            if (l.Output == OutputKind.Values)
            {
                Add(hash, $"values {l.Residual}");
                hash.AppendData(l.Norm.Shift);
            }
        }

        if (network.Classifier is ClassifierLayer head)
        {
            hash.AppendData(MemoryMarshal.AsBytes(head.Weights.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(head.Bias.AsSpan()));
            if (head.ReadsValues)
            {
                Add(hash, $"values, ReLU {(head.Relu ? 1 : 0)}");
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, FormattableString text) =>
        hash.AppendData(Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture) + "\n"));
}
