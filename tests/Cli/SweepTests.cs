using System.Text.Json.Nodes;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Cli;

public sealed class SweepTests(CliBench bench) : IClassFixture<CliBench>
{
    [Fact]
    public void The_recorded_search_of_the_reference_design_is_reproduced_byte_for_byte()
    {
        CliResult result = bench.Run("sweep", "--csv", "search.csv");
        Assert.True(result.Code == 0, result.ToString());
        Assert.Equal(File.ReadAllText(Repository.File("models", "designs", "u280-reference.search.csv")), File.ReadAllText(bench.PathOf("search.csv")));
    }

    [Fact]
    public void Json_on_standard_output_is_pure_and_ranked()
    {
        CliResult result = bench.Run("sweep", "--min-lanes", "512", "--json", "-");
        Assert.True(result.Code == 0, result.ToString());
        JsonNode document = JsonNode.Parse(result.Output)!;
        Assert.Equal("bcnnsim.sweep/1", (string?)document["schema"]);
        Assert.Equal("estimated", (string?)document["basis"]);
        Assert.Equal(8, (int)document["geometries"]![0]![0]!["po"]!);
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--min-lanes", "-1")]
    [InlineData("--max-lanes", "many")]
    [InlineData("--top", "0")]
    [InlineData("--csv", "no-such-folder/x.csv")]
    public void A_wrong_value_is_refused_with_its_flag(string flag, string value)
    {
        CliResult result = bench.Run("sweep", flag, value);
        Assert.Equal(2, result.Code);
        Assert.Contains(flag, result.Error, StringComparison.Ordinal);
        Assert.Contains(value, result.Error, StringComparison.Ordinal);
    }
}
