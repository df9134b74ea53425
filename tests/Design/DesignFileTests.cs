using System.Text.Json.Nodes;
using BcnnSim.Design;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Design;

public sealed class DesignFileTests
{
    [Fact]
    public void A_written_design_reads_back_equal()
    {
        AcceleratorDesign design = Designs.Reference("peArray.kind=four", "hbm.refresh=off", "name=changed");
        Assert.Equal(design, DesignFile.Parse(DesignFile.ToJson(design), "text"));
    }

    [Fact]
    public void The_parameter_list_names_every_value_of_the_reference_file()
    {
        JsonObject root = JsonNode.Parse(File.ReadAllText(Designs.ReferenceFile))!.AsObject();
        root.Remove("schema");
        Assert.Equal(Leaves(root, "").Order(StringComparer.Ordinal), DesignParameter.All.Select(p => p.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Violations_of_file_and_overrides_come_together()
    {
        string text = File.ReadAllText(Designs.ReferenceFile).Replace("\"bits\": 24", "\"bitz\": 24", StringComparison.Ordinal);
        InputException refused = Assert.Throws<InputException>(() => DesignFile.Parse(
            text, "d.json", ["peArray.outputLanes=65", "peArray.kind=five", "no.such=1", "pool", "axi.switchOn=1", "dma.maxBurstBeats=16", "dma.maxBurstBeats=8"]));
        string[] expected = ["no.such", "argument", "axi.switchOn", "dma.maxBurstBeats", "peArray.outputLanes", "peArray.kind", "accumulator.bits", "accumulator.bitz"];
        Assert.Equal(expected, refused.Violations.Select(v => v.Place));
        Assert.Equal("--set peArray.outputLanes=65", refused.Violations[4].Source);
        Assert.Equal("d.json", refused.Violations[6].Source);
    }

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("[]", "one JSON object")]
    [InlineData("{\"schema\":1}", "bcnnsim.design/1")]
    [InlineData("{\"schema\":\"bcnnsim.design/2\"}", "bcnnsim.design/1")]
    [InlineData("{\"schema\":\"bcnnsim.design/1\",\"schema\":\"bcnnsim.design/1\"}", "occurs once")]
    [InlineData("{\"schema\":\"bcnnsim.design/1\",\"name\":\"\\ud800\"}", "valid Unicode")]
    [InlineData("{\"schema\":\"bcnnsim.design/1\"}", "every parameter must be present")]
    [InlineData("{\"schema\":\"bcnnsim.design/1\",\"name\":NaN}", "valid JSON")]
    public void A_text_that_is_no_design_is_refused(string text, string rule)
    {
        InputException refused = Assert.Throws<InputException>(() => DesignFile.Parse(text, "d.json"));
        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clocks", "[]")]
    [InlineData("name", "7")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "null")]
    [InlineData("peArray.inputLanes", "8.5")]
    [InlineData("peArray.inputLanes", "\"8\"")]
    [InlineData("peArray.inputLanes", "-8")]
    [InlineData("peArray.inputLanes", "1e99")]
    [InlineData("peArray.inputLanes", "99999999999999999999")]
    [InlineData("peArray.kind", "2")]
    [InlineData("peArray.kind", "\"Two\"")]
    [InlineData("axi.switchOn", "\"true\"")]
    [InlineData("hbm.timing", "{}")]
    public void A_value_of_another_type_is_refused_by_its_path(string path, string value)
    {
        JsonObject root = JsonNode.Parse(File.ReadAllText(Designs.ReferenceFile))!.AsObject();
        string[] keys = path.Split('.');
        JsonNode parent = keys.Length == 1 ? root : root[keys[0]]!;
        parent[keys[^1]] = JsonNode.Parse(value);
        InputException refused = Assert.Throws<InputException>(() => DesignFile.Parse(root.ToJsonString(), "d.json"));
        Assert.All(refused.Violations, v => Assert.StartsWith(path, v.Place, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Leaves(JsonObject group, string prefix) =>
        group.SelectMany(m => m.Value is JsonObject inner ? Leaves(inner, prefix + m.Key + ".") : [prefix + m.Key]);
}
