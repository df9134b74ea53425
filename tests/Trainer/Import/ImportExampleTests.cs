using System.Globalization;
using System.Text.RegularExpressions;
using BcnnSim.Trainer.Configuration;
using BcnnSim.Trainer.Layers;
using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>The worked example in PyTorch, which is not run here: script and configuration describe the same layers.</summary>
public partial class ImportExampleTests
{
    [Fact]
    public void The_script_builds_the_layers_of_its_configuration()
    {
        NetShape shape = DataSplits.Shape(ConfigurationFile.Read(CommittedFiles.Example("pytorch.json")));
        string script = File.ReadAllText(CommittedFiles.Example("pytorch_export.py"));
        int[][] built = [.. Convolution().Matches(script).Select(match => match.Groups.Values.Skip(2).Select(group => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(shape.Layers.Select(s => new[] { s.OutputChannels, s.KernelHeight, s.KernelWidth, s.StrideY, s.StrideX, s.PaddingY, s.PaddingX }), built);
        Assert.Contains($"self.pools = [{string.Join(", ", shape.Layers.Select(s => s.SumPool))}]", script, StringComparison.Ordinal);
        Assert.Contains($"nn.Linear(2 * {shape.Layers[^1].OutputChannels}, classes)", script, StringComparison.Ordinal);
        Assert.Contains($"random.uniform(-1, 1, (2, 100, {shape.Input.Channels}, {shape.Input.Height}, {shape.Input.Width}))", script, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"BinaryComplexConv\((\w+), (\d+), \((\d+), (\d+)\), \((\d+), (\d+)\), \((\d+), (\d+)\)\)")]
    private static partial Regex Convolution();
}
