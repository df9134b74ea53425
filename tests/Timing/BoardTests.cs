using BcnnSim.Design;
using BcnnSim.Hardware.Traffic;
using BcnnSim.Tests.Harness;
using Xunit;

namespace BcnnSim.Tests.Timing;

/// <summary>
/// The memory against what was measured on the board (hbm.md section 4; Wang et al., "Shuhai", FCCM 2020 / TC 2021): V1 to V5 exactly, V6
/// to V9 within 3 %, V10, V12 and V15 to V18 as stated there. One port at 450 MHz unless said, switch on.
/// </summary>
public sealed class BoardTests
{
    private const long PseudoChannelBytes = 1L << 28;
    private const double ThreePercent = 0.03;
    private static readonly AcceleratorDesign Board = Designs.Reference();

    private static AcceleratorDesign SwitchOff => Board with { Axi = Board.Axi with { SwitchOn = false } };

    /// <summary>The other address maps are measured on builds that switch reordering off.</summary>
    private static AcceleratorDesign BrcInOrder => Board with { Hbm = Board.Hbm with { AddressMap = AddressMapKind.Brc, Reordering = false } };

    [Fact]
    public void V1_V2_V3_idle_reads_take_48_55_and_62_cycles_without_the_switch() =>
        Assert.Equal([55, 48, 62], MemoryRun.Latencies(MemoryRun.WithoutRefresh(SwitchOff), 0, 0));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    [InlineData(30, 29)]
    public void V4_the_switch_adds_7_cycles_inside_a_mini_switch(int port, int pseudoChannel) =>
        Assert.Equal([62, 55, 69], MemoryRun.Latencies(MemoryRun.WithoutRefresh(Board), port, pseudoChannel));

    /// <summary>Six boundaries inside the stacks at 2 cycles, one between them at 10: 22 more, for every port of the mini-switch.</summary>
    [Theory]
    [InlineData(0, 31)]
    [InlineData(1, 28)]
    [InlineData(2, 29)]
    [InlineData(3, 30)]
    [InlineData(31, 0)]
    public void V5_the_farthest_mini_switch_answers_a_row_hit_in_77_cycles(int port, int pseudoChannel) =>
        Assert.Equal([84, 77, 91], MemoryRun.Latencies(MemoryRun.WithoutRefresh(Board), port, pseudoChannel));

    [Theory]
    [InlineData(64)]
    [InlineData(1)]
    public void V6_sequential_reads_of_one_pseudo_channel_reach_13_27_gigabytes_per_second(int identifiers) =>
        Near(13.27, MemoryRun.Stride(Board, 32, PseudoChannelBytes, 300_000, identifiers: identifiers));

    [Fact]
    public void V7_all_32_pseudo_channels_reach_425_gigabytes_per_second()
    {
        const long Each = 20_000;
        PortTraffic[] traffic = [.. Enumerable.Range(0, 32).Select(p => new PortTraffic(p, new ListedRequests(MemoryRun.Strided(p, 32, PseudoChannelBytes, Each)), PseudoChannels: [p]))];
        Near(425, MemoryRun.Bandwidth(MemoryRun.Run(Board, traffic, []), Board, 32 * Each * 32));
    }

    [Fact]
    public void V8_a_stride_of_4_KiB_reaches_2_4_gigabytes_per_second() => Near(2.4, MemoryRun.Stride(Board, 4096, PseudoChannelBytes, 50_000));

    [Fact]
    public void V9_a_stride_of_4_KiB_in_8_KiB_reaches_6_7_gigabytes_per_second() => Near(6.7, MemoryRun.Stride(Board, 4096, 8192, 100_000));

    [Theory]
    [InlineData(1024, 8.5, 11)]
    public void V10_the_default_map_is_almost_ten_times_as_fast_as_bank_row_column(long stride, double least, double most)
    {
        double map = MemoryRun.Stride(Board, stride, PseudoChannelBytes, 50_000, identifiers: 1);
        Assert.InRange(map / MemoryRun.Stride(BrcInOrder, stride, PseudoChannelBytes, 20_000, identifiers: 1), least, most);
    }

    /// <summary>
    /// One port active: 256 beats outstanding cover the longest way, whether bursts are 16 beats or one. Without refresh, whose phase
    /// differs between pseudo-channels.
    /// </summary>
    [Theory]
    [InlineData(32)]
    [InlineData(512)]
    public void V12_one_ports_throughput_does_not_depend_on_the_distance(int bytes)
    {
        AcceleratorDesign steady = MemoryRun.WithoutRefresh(Board);
        double near = MemoryRun.Stride(steady, bytes, PseudoChannelBytes, 3_200_000 / bytes, bytes);
        for (int pseudoChannel = 4; pseudoChannel < 32; pseudoChannel += 9)
        {
            Assert.Equal(near, MemoryRun.Stride(steady, bytes, PseudoChannelBytes, 3_200_000 / bytes, bytes, pseudoChannel: pseudoChannel), near * 0.001);
        }
    }

    /// <summary>
    /// HLS kernels on the board (Choi et al., "HBM Connect", FPGA 2021) reached 12.9 to 13.1 GB/s on one pseudo-channel and 206 on 16: their own
    /// gaps between bursts, which a saturating port does not have, so the model lies above and below 16 times V6.
    /// </summary>
    [Theory]
    [InlineData(1, 12.9)]
    [InlineData(16, 206)]
    public void V15_V17_bursts_without_a_kernels_gaps_lie_between_what_kernels_reach_and_the_pseudo_channels_limit(int channels, double kernels)
    {
        const long Each = 4_000;
        PortTraffic[] traffic = [.. Enumerable.Range(0, channels).Select(p => new PortTraffic(p, new ListedRequests(MemoryRun.Strided(p, 512, PseudoChannelBytes, Each, 512)), PseudoChannels: [p]))];
        double reached = MemoryRun.Bandwidth(MemoryRun.Run(Board, traffic, []), Board, channels * Each * 512);
        Assert.InRange(reached, kernels, channels * 13.27 * (1 + ThreePercent));
    }

    /// <summary>Private pseudo-channels: 32 bytes per cycle of the port, in all 204.8 and 307.2 GB/s (recalled from the board: about 190 and 282).</summary>
    [Theory]
    [InlineData(200_000, 204.8)]
    [InlineData(300_000, 307.2)]
    public void V18_slower_ports_are_capped_at_32_bytes_per_cycle_of_their_own(long kilohertz, double cap)
    {
        const long Each = 1_000;
        PortTraffic[] traffic = [.. Enumerable.Range(0, 32).Select(p => new PortTraffic(p, new ListedRequests(MemoryRun.Strided(p, 512, PseudoChannelBytes, Each, 512)), PseudoChannels: [p]))];
        double reached = MemoryRun.Bandwidth(MemoryRun.Run(Board, traffic, [], kilohertz), Board, 32 * Each * 512);
        Assert.InRange(reached, cap * 0.99, cap);
    }

    [Theory]
    [InlineData(450_000)]
    [InlineData(300_000)]
    [InlineData(200_000)]
    public void V18_all_ports_on_one_pseudo_channel_get_no_more_than_it_has(long kilohertz)
    {
        const long Each = 200;
        PortTraffic[] traffic = [.. Enumerable.Range(0, 32).Select(p => new PortTraffic(p, new ListedRequests(MemoryRun.Strided(0, 512, PseudoChannelBytes, Each, 512))))];
        Assert.InRange(MemoryRun.Bandwidth(MemoryRun.Run(Board, traffic, [0], kilohertz), Board, 32 * Each * 512), 12, 13.3);
    }

    /// <summary>Four ports to the next mini-switch share two lateral links: half of what they get at home.</summary>
    [Fact]
    public void Lateral_reads_are_capped_at_half()
    {
        const long Each = 2_000;
        PortTraffic[] traffic = [.. Enumerable.Range(0, 4).Select(p => new PortTraffic(p, new ListedRequests(MemoryRun.Strided(p + 4, 512, PseudoChannelBytes, Each, 512)), PseudoChannels: [p + 4]))];
        Near(2 * 14.4, MemoryRun.Bandwidth(MemoryRun.Run(Board, traffic, []), Board, 4 * Each * 512));
    }

    /// <summary>Two writers on one link: a dead cycle whenever the port changes, one per burst of 16 beats at most: 16 / 17 of the link.</summary>
    [Fact]
    public void Lateral_writes_lose_a_cycle_when_the_port_changes()
    {
        const long Each = 2_000;
        PortTraffic[] traffic = [.. Enumerable.Range(0, 2).Select(p => new PortTraffic(p, new ListedRequests(MemoryRun.Strided(p + 4, 512, PseudoChannelBytes, Each, 512).Select(r => r with { IsWrite = true })), PseudoChannels: [p + 4]))];
        Assert.Equal(14.4 * 16 / 17, MemoryRun.Bandwidth(MemoryRun.Run(MemoryRun.WithoutRefresh(Board), traffic, []), Board, 2 * Each * 512), 14.4 * 0.01);
    }

    private static void Near(double board, double model) => Assert.InRange(model / board, 1 - ThreePercent, 1 + ThreePercent);
}
