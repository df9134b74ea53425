using System.Security.Cryptography;
using System.Text;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

/// <summary>One broken network: how it is made from the tiny one, and the violation it must draw.</summary>
/// <param name="File">network.json or weights.safetensors.</param>
/// <param name="Place">Part of the place.</param>
/// <param name="Value">Part of the value.</param>
/// <param name="Rule">Part of the rule.</param>
internal sealed record MalformedCase(string File, string Place, string Value, string Rule)
{
    /// <summary>The network it is made from.</summary>
    public Func<Network> Network { get; init; } = TinyNetwork.Create;

    /// <summary>Change of the text; the hash in it is already that of the changed tensors.</summary>
    public Func<string, string>? Text { get; init; }

    /// <summary>Change of the raw text bytes.</summary>
    public Func<byte[], byte[]>? TextBytes { get; init; }

    /// <summary>Change of the tensors before they are encoded.</summary>
    public Action<List<WeightTensor>>? Tensors { get; init; }

    /// <summary>Change of the encoded tensors.</summary>
    public Func<byte[], byte[]>? Bytes { get; init; }

    public static Func<string, string> Swap(string old, string changed) => text =>
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, changed, StringComparison.Ordinal);
    };

    public void Check()
    {
        Network network = Network();
        List<WeightTensor> tensors = [.. NetworkWriter.Tensors(network)];
        Tensors?.Invoke(tensors);
        byte[] weights = WeightFile.Encode(tensors);
        weights = Bytes is null ? weights : Bytes(weights);
        string text = Encoding.UTF8.GetString(NetworkWriter.Text(network, weights).Encode());
        byte[] json = Encoding.UTF8.GetBytes(Text is null ? text : Text(text));
        json = TextBytes is null ? json : TextBytes(json);
        using TemporaryFolder folder = new();
        System.IO.File.WriteAllBytes(folder.File(NetworkFile.JsonName), json);
        System.IO.File.WriteAllBytes(folder.File(NetworkFile.WeightsName), weights);
        InputException refusal = Assert.Throws<InputException>(() => NetworkFile.Read(folder.FullName));
        Assert.True(refusal.Violations.Any(v => Matches(v, folder)), $"expected {this}, got{Environment.NewLine}{refusal.Message}");
        Assert.All(refusal.Violations, v => Assert.NotEmpty(v.Remedy));
    }

    private bool Matches(Violation violation, TemporaryFolder folder)
        => violation.Source == folder.File(File)
            && violation.Place.Contains(Place, StringComparison.Ordinal)
            && violation.Value.Contains(Value, StringComparison.Ordinal)
            && violation.Rule.Contains(Rule, StringComparison.Ordinal);
}
