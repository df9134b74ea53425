using BcnnSim.Interchange;
using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

/// <summary>`export-onnx` as a user meets it; what the model computes is tested in tests/Interchange.</summary>
public sealed class ExportOnnxTests : IClassFixture<CliBench>
{
    private readonly CliBench bench;

    public ExportOnnxTests(CliBench bench)
    {
        this.bench = bench;
        string folder = bench.PathOf("models", "networks", "shape");
        Directory.CreateDirectory(folder);
        File.Copy(Repository.File("models", "networks", "ic-nin", ShapeFile.JsonName), Path.Combine(folder, ShapeFile.JsonName), overwrite: true);
        string cut = bench.PathOf("models", "networks", "cut");
        Directory.CreateDirectory(cut);
        File.WriteAllText(Path.Combine(cut, NetworkFile.JsonName), "{}");
        NetworkFile.Write(bench.Network with { Name = "headless", Classifier = null, Classes = [] }, bench.PathOf("models", "networks", "headless"));
    }

    [Fact]
    public void A_model_is_written_and_described()
    {
        File.WriteAllText(bench.PathOf("tiny.onnx.tmp"), new string('x', 1 << 20));
        CliResult result = bench.Run("export-onnx", "tiny", "--output", "tiny.onnx");
        Assert.True(result.Code == 0, result.ToString());
        Assert.Equal("", result.Error);
        Assert.StartsWith("tiny.onnx: network tiny, ", result.Output, StringComparison.Ordinal);
        Assert.Contains("inputs   re, im: float32 [batch, ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"outputs  scores: int64 [batch, {bench.Network.Classifier!.ClassCount}]; class: int64 [batch]\n", result.Output, StringComparison.Ordinal);
        using MemoryStream expected = new();
        OnnxFile.Write(bench.Network, expected);
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(bench.PathOf("tiny.onnx")));
        Assert.False(File.Exists(bench.PathOf("tiny.onnx.tmp")));
    }

    [Fact]
    public void A_network_may_be_a_folder()
    {
        CliResult result = bench.Run("export-onnx", "models/networks/tiny", "--output", "folder.onnx");
        Assert.True(result.Code == 0, result.ToString());
        Assert.True(File.Exists(bench.PathOf("folder.onnx")));
    }

    [Theory]
    [InlineData("", "refused, 2 reasons:", "NETWORK: argument: absent: export-onnx needs a network", "--output: value: absent: a model is written to a file", "Name a file, for example model.onnx")]
    [InlineData("huge --output never.onnx", "NETWORK: argument: huge: no such network or folder", "Known: cut, headless, tiny")]
    [InlineData("tiny --output -", "--output: value: -: a model is written to a file", "Name a file")]
    [InlineData("tiny --output", "--output: value: absent: the option needs a value", "Write --output FILE.onnx")]
    [InlineData("tiny --output never.onnx --output twice.onnx", "--output: value: never.onnx twice.onnx", "Give --output once")]
    [InlineData("tiny --output no/never.onnx", "--output: value: no/never.onnx: its folder does not exist", "Name a file")]
    [InlineData("tiny --output models", "--output: value: models: it is a folder", "Name a file")]
    [InlineData("tiny --output models/networks/tiny/weights.safetensors", "weights.safetensors: it is an input of this command", "Name a file of its own")]
    [InlineData("shape --output models/networks/shape/shape.json", "--output: value: models/networks/shape/shape.json: it is an input of this command", "a shape is timing only")]
    [InlineData("shape --output never.onnx", "network ic-nin-dense: weights: absent: a shape is timing only: there are no trained values to export", "Export a trained network")]
    [InlineData("headless --output never.onnx", "network headless: classifier: absent: a model gives scores and a class", "Add a classifier node")]
    [InlineData("cut --output no/never.onnx", "network.json: ", "weights.safetensors: file:", "--output: value: no/never.onnx: its folder does not exist")]
    [InlineData("tiny headless --output never.onnx", "bcnnsim export-onnx: argument: headless: one argument too many", "See bcnnsim export-onnx --help")]
    [InlineData("--frobnicate --output never.onnx", "bcnnsim export-onnx: option: --frobnicate: unknown option", "Known here: --output")]
    [InlineData("tiny --frames x --output never.onnx", "bcnnsim export-onnx: option: --frames: unknown option", "Known here: --output")]
    public void A_wrong_command_line_is_refused_with_name_value_rule_and_remedy(string arguments, params string[] expected)
    {
        CliResult result = bench.Run(["export-onnx", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(result.Code == 2, result.ToString());
        Assert.StartsWith("refused", result.Error, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        Assert.Equal("", result.Output);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(bench.Root, "never*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Help_shows_an_example()
    {
        CliResult result = bench.Run("export-onnx", "--help");
        Assert.Equal(0, result.Code);
        Assert.Contains("bcnnsim export-onnx cc-iq --output cc-iq.onnx", result.Output, StringComparison.Ordinal);
    }
}
