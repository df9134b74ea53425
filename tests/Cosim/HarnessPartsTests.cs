using System.Text.Json;
using BcnnSim.Cosimulation;
using BcnnSim.Cosimulation.Blocks;
using BcnnSim.Cosimulation.Lockstep;
using BcnnSim.Cosimulation.Rtl;
using BcnnSim.Cosimulation.Waves;
using BcnnSim.Numerics;
using Xunit;

namespace BcnnSim.Cosim.Tests;

public sealed class HarnessPartsTests
{
    [Fact]
    public void Bits_are_packed_without_gaps_and_the_rest_of_a_value_is_dropped()
    {
        uint[] words = new uint[4];
        BitWriter writer = new(words);
        writer.Append(0xFF, 3);
        writer.Append(0x1_2345_6789_ABCD, 40);
        writer.Append(ulong.MaxValue, 64);
        writer.Append(0, 0);
        writer.Flush();

        UInt128 expected = 7 | ((UInt128)0x45_6789_ABCD << 3) | ((UInt128)ulong.MaxValue << 43);
        Assert.Equal([(uint)expected, (uint)(expected >> 32), (uint)(expected >> 64), (uint)(expected >> 96)], words);
    }

    [Fact]
    public void A_wave_shows_the_last_cycles_and_only_changes()
    {
        WaveRing ring = new(1);
        for (uint i = 0; i < 70; i++)
        {
            ring.Add([i < 68 ? 5u : 9u | (1u << 31)]);
        }

        StringWriter text = new();
        VcdFile.Write(text, "rtl", [new WaveSignal("low", 0, 4), new WaveSignal("top", 31, 1)], ring);

        string[] body = text.ToString().Split("$enddefinitions $end\n")[1].TrimEnd('\n').Split('\n');
        Assert.Equal(["#6", "b0101 !", "0\""], body[..3]);
        Assert.Equal(["#68", "b1001 !", "1\"", "#69", "#70"], body[^5..]);
        Assert.Equal(3 + 61 + 5, body.Length);
    }

    [Fact]
    public void Wave_identifiers_are_distinct_and_printable()
    {
        string[] codes = [.. Enumerable.Range(0, 10_000).Select(VcdFile.Code)];
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.True(code.Length <= 3 && code.All(c => c is >= '!' and <= '~'), code));
    }

    [Fact]
    public void Random_geometries_are_the_same_for_a_seed_and_cover_kinds_depths_and_stages()
    {
        IReadOnlyList<PeArrayCase> cases = PeArrayCase.Random(3, 40);

        Assert.Equal(cases, PeArrayCase.Random(3, 40));
        Assert.NotEqual(cases, PeArrayCase.Random(4, 40));
        Assert.Equal([PeKind.Four, PeKind.Three, PeKind.Two], cases.Take(3).Select(c => c.Array.Kind));
        Assert.Equal([1, 2, 3, 4], cases.Select(c => c.PartialDepth).Distinct().Order());
        Assert.Equal([1, 2, 3, 4, 5, 6], cases.Select(c => c.Array.PipelineDepth).Distinct().Order());
        Assert.Contains(cases, c => c is { PopcountTree: true, Array.InputLanes: 64 });
        Assert.Contains(cases, c => c.Array is { OutputLanes: 1, PixelLanes: 1, InputLanes: 1 });
    }

    [Fact]
    public void Every_option_that_breaks_its_rule_is_named_at_once()
    {
        CosimulationOptions options = new() { Block = "pe-arrray", Designs = 0, Cycles = -5 };

        InputException refused = Assert.Throws<InputException>(() => new CosimulationRun(options).Execute());

        Assert.Equal(["--block", "--designs", "--cycles"], refused.Violations.Select(v => v.Source));
        Assert.Contains("pe-array", refused.Violations[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_tool_is_named_with_the_command_that_installs_it()
    {
        InputException refused = Assert.Throws<InputException>(() => new Tool("verilator-that-is-not-there", "verilator").Run("", []));

        Assert.Contains("apt-get install verilator", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_refuses_the_sources_is_reported_with_its_own_words()
    {
        using CosimFolder folder = new();
        RtlSources broken = RtlSources.Embedded().WithChange("bcnn_delay.sv", "endmodule", "endmodul");
        CosimulationOptions options = new() { Block = "pe-array", Designs = 1, Cycles = 10, CacheFolder = folder.Path };

        ToolFailureException failure = Assert.Throws<ToolFailureException>(() => new CosimulationRun(options, broken).Execute());

        Assert.Contains("bcnn_delay.sv", failure.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), f => !f.EndsWith("verilated.o", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_that_does_not_occur_exactly_once_is_refused()
    {
        RtlSources sources = RtlSources.Embedded();
        Assert.Throws<ArgumentException>(() => sources.WithChange("bcnn_delay.sv", "no such text", ""));
        Assert.Throws<ArgumentException>(() => sources.WithChange("bcnn_delay.sv", "data_q", ""));
    }

    [Fact]
    public void An_interrupted_run_reports_what_was_compared()
    {
        CosimulationOptions options = new() { Block = "all", Designs = 2, Cycles = CosimulationOptions.MaximumCycles };
        using CancellationTokenSource interrupt = new();
        CosimulationRun run = new(options)
        {
            Progress = step =>
            {
                if (step.Contains("lockstep", StringComparison.Ordinal))
                {
                    interrupt.CancelAfter(1);
                }
            },
        };

        CosimulationReport report = run.Execute(interrupt.Token);

        Assert.False(report.Complete);
        Assert.Equal(["channel-depth-1", "channel-depth-2"], report.Blocks.Select(b => b.Design));
        Assert.All(report.Blocks, row => Assert.InRange(row.Cycles, 0, CosimulationOptions.MaximumCycles - 1));
    }

    [Fact]
    public void The_report_has_the_promised_names()
    {
        CosimulationOptions options = new() { Block = "channel", Seed = 5, Designs = 2, Cycles = 100 };

        using JsonDocument json = JsonDocument.Parse(new CosimulationRun(options).Execute().ToJson());

        Assert.Equal("bcnnsim.cosim/1", json.RootElement.GetProperty("schema").GetString());
        JsonElement row = json.RootElement.GetProperty("blocks")[0];
        Assert.Equal(["block", "design", "seed", "cycles", "channels", "beats", "mismatches", "parameters"], row.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, row.GetProperty("parameters").GetProperty("depth").GetInt32());
    }
}
