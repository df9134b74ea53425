using BcnnSim.Networks;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Networks;

public sealed class NetworkFileTests
{
    [Fact]
    public void A_written_network_reads_back_equal_and_writes_the_same_bytes()
    {
        for (int seed = 1; seed <= 120; seed++)
        {
            using TemporaryFolder first = new();
            using TemporaryFolder second = new();
            Network network = seed % 2 == 0 ? RandomNetworks.Plain(seed) : RandomResidualNetworks.Of(seed);
            NetworkFile.Write(network, first.FullName);
            Network back = NetworkFile.Read(first.FullName);
            NetworkFile.Write(back, second.FullName);
            Assert.True(SameFile(first, second, NetworkFile.JsonName), $"seed {seed}");
            Assert.True(SameFile(first, second, NetworkFile.WeightsName), $"seed {seed}");
            NetworkAssert.Equal(network, back, $"seed {seed}");
        }
    }

    [Fact]
    public void Writing_leaves_only_the_two_files()
    {
        using TemporaryFolder folder = new();
        NetworkFile.Write(RandomNetworks.Plain(7), folder.FullName);
        Assert.Equal([NetworkFile.JsonName, NetworkFile.WeightsName], Directory.GetFiles(folder.FullName).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_network_whose_records_disagree_is_not_written()
    {
        using TemporaryFolder folder = new();
        Network network = RandomNetworks.Plain(7);
        ConvolutionLayer wrong = network.Layers[0] with { InputShape = new MapShape(network.Input.Height + 1, network.Input.Width, network.Input.Channels) };
        Network broken = network with { Layers = [wrong, .. network.Layers.Skip(1)] };
        Assert.Throws<InputException>(() => NetworkFile.Write(broken, folder.FullName));
        Assert.Empty(Directory.GetFiles(folder.FullName));
    }

    private static bool SameFile(TemporaryFolder a, TemporaryFolder b, string name)
        => File.ReadAllBytes(a.File(name)).AsSpan().SequenceEqual(File.ReadAllBytes(b.File(name)));
}
