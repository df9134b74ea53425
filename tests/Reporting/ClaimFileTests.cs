using System.Text;
using BcnnSim.Networks;
using BcnnSim.Reporting;
using BcnnSim.Tests.Harness;
using BcnnSim.Tests.Networks;
using Xunit;

namespace BcnnSim.Tests.Reporting;

public sealed class ClaimFileTests
{
    private const string Valid = """
        {
          "schema": "bcnnsim.claim/1", "name": "mine", "source": "a test", "network": "tiny", "board": "u280",
          "input": { "height": 4, "width": 4, "channels": 3, "inputBits": 2 },
          "pruningRate": 1.5, "pruning": "structural", "framesPerSecond": 1000.5, "utilization": 0.9, "definition": "interval", "note": "none"
        }
        """;

    [Fact]
    public void Every_member_is_read()
    {
        Claim claim = Parse(Valid);
        Assert.Equal(new Claim("mine", "a test", "tiny", new FrameShape(4, 4, 3, 2), 1.5, true, 1000.5, 0.9, ClaimDefinition.Interval, "none"), claim);
        Assert.Null(Parse(Valid.Replace("0.9", "null", StringComparison.Ordinal)).Utilization);
    }

    [Theory]
    [InlineData("peng2021-cc-nin", "cc-nin", 5882)]
    [InlineData("peng2021-cc-resnet18", "cc-resnet18", 4938)]
    public void The_committed_claims_are_those_of_the_paper(string name, string network, double rate)
    {
        Claim claim = ClaimFile.Read(Repository.File("models", "claims", name + ".json"));
        Assert.Equal((name, network, rate, 0.9), (claim.Name, claim.Network, claim.FramesPerSecond, claim.Utilization));
        Assert.Equal((new FrameShape(32, 32, 3, 8), 20.0, true, ClaimDefinition.Latency), (claim.Input, claim.PruningRate, claim.Structural, claim.Definition));
    }

    [Theory]
    [InlineData("bcnnsim.claim/1", "bcnnsim.claim/9", "claim.schema: bcnnsim.claim/9: must be bcnnsim.claim/1")]
    [InlineData("\"name\": \"mine\", ", "", "claim.name: absent: missing key")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"../mine\"", "claim.name: ../mine: must be 1..64 characters")]
    [InlineData("\"network\": \"tiny\"", "\"network\": \"/tiny\"", "claim.network: /tiny: must be 1..64 characters")]
    [InlineData("\"u280\"", "\"vu9p\"", "claim.board: vu9p")]
    [InlineData("\"structural\"", "\"random\"", "claim.pruning: random")]
    [InlineData("\"interval\"", "\"fps\"", "claim.definition: fps")]
    [InlineData("1000.5", "0", "claim.framesPerSecond: 0: must be a number in 0.001..1000000000000")]
    [InlineData("1000.5", "-4", "claim.framesPerSecond: -4: must be a number")]
    [InlineData("1000.5", "\"many\"", "claim.framesPerSecond: \"many\": must be a JSON number")]
    [InlineData("1000.5", "1e400", "claim.framesPerSecond: 1e400: must be a number")]
    [InlineData("0.9", "1.01", "claim.utilization: 1.01: must be a number")]
    [InlineData("0.9", "90", "claim.utilization: 90: must be a number")]
    [InlineData("\"utilization\": 0.9, ", "", "claim.utilization: absent: missing key")]
    [InlineData("1.5", "0.5", "claim.pruningRate: 0.5: must be a number in 1..1000000")]
    [InlineData("\"inputBits\": 2", "\"inputBits\": 0", "claim.input.inputBits: 0: must be a whole number in 1..8")]
    [InlineData("\"inputBits\": 2", "\"inputBits\": 2, \"bits\": 2", "claim.input.bits: 2: unknown key")]
    [InlineData("\"note\"", "\"clock\": 300, \"note\"", "claim.clock: 300: unknown key")]
    [InlineData("\"note\": \"none\"", "\"note\": \"none\", \"note\": \"two\"", "claim.note: \"two\": duplicate key")]
    [InlineData("\"source\": \"a test\"", "\"source\": null", "claim.source: null: must be a JSON string")]
    [InlineData("{", "[", "must be valid JSON")]
    public void A_wrong_claim_is_refused_with_place_value_and_rule(string from, string to, string expected)
    {
        InputException refused = Assert.Throws<InputException>(() => Parse(Valid.Replace(from, to, StringComparison.Ordinal)));
        Assert.True(refused.Violations.Any(v => v.ToString().Contains(expected, StringComparison.Ordinal)), refused.Message);
        Assert.All(refused.Violations, v => Assert.Equal("test.json", v.Source));
    }

    [Fact]
    public void Damaged_claims_draw_only_input_exceptions()
    {
        const int Seed = 20243;
        byte[] valid = Encoding.UTF8.GetBytes(Valid);
        Random random = new(Seed);
        int accepted = 0;
        for (int round = 0; round < 4_000; round++)
        {
            byte[] damaged = round % 2 == 0 ? Mutation.Text(random, valid) : Mutation.Bytes(random, valid);
            try
            {
                ClaimFile.Parse(damaged, "test.json");
                accepted++;
            }
            catch (InputException refused)
            {
                Assert.NotEmpty(refused.Violations);
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {Seed}, round {round}: {failure}");
            }
        }

        Assert.InRange(accepted, 1, 3_900);
    }

    [Fact]
    public void A_network_that_meets_every_condition_is_evidence()
    {
        Network network = TinyNetwork.Create();
        Claim claim = Parse(Valid) with { PruningRate = network.Pruning.Rate, Structural = false };
        Assert.Empty(claim.Evidence(network));
        Assert.Empty((claim with { Structural = true }).Evidence(network with { Pruning = network.Pruning with { Structure = "filter" } }));
    }

    [Fact]
    public void Another_shape_fewer_bits_a_lower_rate_a_mask_or_a_pattern_is_no_evidence()
    {
        Network network = TinyNetwork.Create() with { TimingOnly = true };
        Claim claim = Parse(Valid) with { Input = new FrameShape(4, 5, 3, 3), PruningRate = network.Pruning.Rate + 0.001 };
        Assert.Equal(
            ["weights", "input", "inputBits", "pruning rate", "pruning structure"], claim.Evidence(network).Select(v => v.Place["network tiny: ".Length..]));
    }

    private static Claim Parse(string text) => ClaimFile.Parse(Encoding.UTF8.GetBytes(text), "test.json");
}
