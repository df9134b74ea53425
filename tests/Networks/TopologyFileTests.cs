using System.Text;
using BcnnSim.Networks;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class TopologyFileTests
{
    private const string Header = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,";
    private const string Valid = Header + "\nConv1, 27, 28, 5, 3, 3, 9, 2,\nConv2, 15, 15, 3, 3, 9, 4, 1,\nFC, 1, 1, 1, 1, 64, 10, 1,\n";

    [Fact]
    public void Layers_are_taken_as_the_file_states_them_each_with_its_own_map()
    {
        Network network = Parse(Valid);
        Assert.True(network.TimingOnly);
        Assert.Equal(["27x28x3", "15x15x9", "1x1x64"], network.Layers.Select(l => l.InputShape.ToString()));
        Assert.Equal(["12x13x9", "13x13x4", "1x1x10"], network.Layers.Select(l => l.OutputShape.ToString()));
        Assert.Equal(["input", "Conv1", "Conv2"], network.Layers.Select(l => l.Source));
        Assert.Equal((27, 28, 3, 5), (network.Input.Height, network.Input.Width, network.Input.Channels, network.Input.InputBits));
        Assert.All(network.Layers, l => Assert.Equal((0, 0, 1), (l.PaddingY, l.PaddingX, l.SumPool)));
        Assert.Equal(1, network.Classifier!.ClassCount);
        Assert.Equal((5 * 3 * 3 * 9) + (81 * 4) + 640, network.Pruning.KeptWeights);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    [InlineData(" \n")]
    public void Line_ends_and_empty_lines_do_not_matter(string end) =>
        Assert.Equal(3, Parse(Valid.Replace("\n", end, StringComparison.Ordinal)).Layers.Count);

    [Fact]
    public void The_comma_at_the_end_of_a_line_may_be_left_out() =>
        Assert.Equal(3, Parse(Valid.Replace(",\n", "\n", StringComparison.Ordinal)).Layers.Count);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_header() => Assert.Equal(3, Parse("\uFEFF" + Valid).Layers.Count);

    [Theory]
    [InlineData("", "line 1 column 1: : must be Layer name")]
    [InlineData("Layer name, IFMAP Height\nA, 3", "line 1 column 3: absent: must be IFMAP Width")]
    [InlineData(Header + "Sparsity,\nA, 3, 3, 1, 1, 3, 3, 1, 1:2,", "line 1 column 9: Sparsity: a topology has the 8 columns")]
    [InlineData(Header + "\n", "line 2: absent: a topology has at least one layer")]
    [InlineData(Header + "\nA, 3, 3, 1, 1, 3, 3,", "line 2: A, 3, 3, 1, 1, 3, 3,: must have 8 cells, has 7")]
    [InlineData(Header + "\nA, 3, 3, 1, 1, 3, 3, 1, 1, 1", "must have 8 cells, has 10")]
    [InlineData(Header + "\n, 3, 3, 1, 1, 3, 3, 1,", "line 2 column 1 (Layer name): : must be 1..64 printable characters")]
    [InlineData(Header + "\n\"A\", 3, 3, 1, 1, 3, 3, 1,", "line 2 column 1 (Layer name): \"A\": must be 1..64 printable characters without quotes")]
    [InlineData(Header + "\ninput, 3, 3, 1, 1, 3, 3, 1,", "line 2 column 1 (Layer name): input: names are unique; input and head are taken")]
    [InlineData(Header + "\nA, 3, 3, 1, 1, 3, 3, 1,\nA, 3, 3, 1, 1, 3, 3, 1,", "line 3 column 1 (Layer name): A: names are unique")]
    [InlineData(Header + "\nA, 0, 3, 1, 1, 3, 3, 1,", "line 2 column 2 (IFMAP Height): 0: must be a whole number in 1..65536")]
    [InlineData(Header + "\nA, 3, 3.5, 1, 1, 3, 3, 1,", "line 2 column 3 (IFMAP Width): 3.5: must be a whole number")]
    [InlineData(Header + "\nA, 3, 3, 1, 1, 3, -3, 1,", "line 2 column 7 (Num Filter): -3: must be a whole number")]
    [InlineData(Header + "\nA, 3, 3, 1, 1, 3, 3, 1e3,", "line 2 column 8 (Strides): 1e3: must be a whole number")]
    [InlineData(Header + "\nA, 3, 3, 1, 1, 3, 99999999999, 1,", "line 2 column 7 (Num Filter): 99999999999: must be a whole number")]
    [InlineData(Header + "\nA, 3, 3, 4, 1, 3, 3, 1,", "line 2.kernel: [4, 1]: must fit the padded map 3x3x3")]
    [InlineData(Header + "\nA, 65536, 65536, 1, 1, 3, 3, 1,", "line 2: 65536x65536x3: a map has at most")]
    [InlineData(Header + "\nA, 512, 512, 1, 1, 3, 65536, 1,", "has at most 67108864 values")]
    [InlineData(Header + "\nA, 256, 256, 256, 256, 60, 60000, 1,", "all tensors of a shape take at most")]
    public void A_wrong_topology_is_refused_with_line_column_value_and_rule(string text, string expected)
    {
        InputException refused = Assert.Throws<InputException>(() => Parse(text));
        Assert.True(refused.Violations.Any(v => v.ToString().Contains(expected, StringComparison.Ordinal)), refused.Message);
        Assert.All(refused.Violations, v => Assert.Equal("test.csv", v.Source));
    }

    [Fact]
    public void All_violations_come_together() =>
        Assert.Equal(4, Assert.Throws<InputException>(() => Parse(Header + "\nA, x, 3, 1, 1, 3, 3, 1,\nB, 3, y, 1, 1, 3, 3, 1,\nB, 3, 3, 1, 1, z, 3, 1,")).Violations.Count);

    [Fact]
    public void Damaged_topologies_draw_only_input_exceptions()
    {
        const int Seed = 20242;
        byte[] valid = Encoding.UTF8.GetBytes(Valid);
        Random random = new(Seed);
        int accepted = 0;
        for (int round = 0; round < 4_000; round++)
        {
            byte[] damaged = Mutation.Bytes(random, valid);
            try
            {
                TopologyFile.Parse(damaged, "test", 8, new ViolationList("test.csv"));
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

    private static Network Parse(string text) => TopologyFile.Parse(Encoding.UTF8.GetBytes(text), "test", 5, new ViolationList("test.csv"));
}
