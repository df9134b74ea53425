using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using NJsonSchema;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class NetworkSchemaTests
{
    [Fact]
    public async Task Written_networks_satisfy_the_shipped_schema()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Repository.File("models", "networks", "network.schema.json"));
        for (int seed = 1; seed <= 30; seed++)
        {
            foreach (string json in new[] { Written(RandomNetworks.Plain(seed)), Written(RandomResidualNetworks.Of(seed)) })
            {
                Assert.True(schema.Validate(json).Count == 0, $"seed {seed}: {string.Join("; ", schema.Validate(json))}");
            }
        }
    }

    [Theory]
    [InlineData("\"sumPool\"", "\"sumPoll\"")]
    [InlineData("bcnnsim.network/1", "bcnnsim.network/2")]
    [InlineData("\"inputBits\": ", "\"inputBits\": 10")]
    [InlineData("\"convolution\"", "\"deconvolution\"")]
    [InlineData("\"keptWeights\": ", "\"keptWeights\": -1")]
    [InlineData("\"valueFractionBits\": ", "\"valueFractionBits\": 90")]
    [InlineData("\"output\": \"", "\"output\": \"x")]
    [InlineData("\"residual\": null", "\"residual\": 1")]
    public async Task The_schema_refuses_what_the_reader_refuses(string old, string changed)
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Repository.File("models", "networks", "network.schema.json"));
        string json = Written(RandomNetworks.Plain(3));
        Assert.Contains(old, json, StringComparison.Ordinal);
        Assert.NotEmpty(schema.Validate(json.Replace(old, changed, StringComparison.Ordinal)));
    }

    private static string Written(Network network)
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(network, folder.FullName);
        return File.ReadAllText(folder.File(NetworkFile.JsonName));
    }
}
