using System.Globalization;
using BcnnSim.Cosimulation.Rtl;
using Xunit;

namespace BcnnSim.Cosim.Tests;

/// <summary>The RTL stays within what all three tools take.</summary>
public sealed class ToolAcceptanceTests
{
    // Widths at which the adder tree changes shape.
    public static TheoryData<int> Widths => [1, 2, 6, 7, 12, 24, 25, 36, 37, 64];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Verilator_has_no_warning_and_Icarus_elaborates(int lanes)
    {
        using CosimFolder folder = new();
        RtlSources sources = RtlSources.Embedded();
        sources.WriteTo(folder.Path);
        string[] files = [.. sources.SynthesizableFiles];
        foreach (int kind in (int[])[2, 3, 4])
        {
            Tool.Verilator.Run(folder.Path, ["--lint-only", "-Wall", "-Wno-UNUSED", "--assert", "-DBCNN_ASSERTIONS", .. Parameters("-G", lanes, kind), .. files.Where(f => f != "bcnn_channel.sv"), "--top-module", "bcnn_pe_array"]);
            string log = Tool.Icarus.Run(folder.Path, ["-g2012", "-Wall", .. Parameters("-Pbcnn_pe_array.", lanes, kind), "-s", "bcnn_pe_array", "-t", "null", .. files]);
            Assert.Equal("", log);
        }
    }

    [Fact]
    public void Icarus_computes_the_closed_form_of_equal_operands()
    {
        // (1 + i)(1 + i) = 2i on each of 37 lanes, of which the masks leave 0 .. 30.
        string log = RunIcarus("""
            module bench;
              logic clk = 0;
              logic [36:0] ones = '1;
              logic [36:0] live = 37'h7fffffff;
              wire signed [7:0] re2, im2, re3, im3, re4, im4;
              bcnn_dot #(.Lanes(37), .PeKind(2), .PipelineDepth(1)) u2 (clk, 1'b1, ones, ones, live, ones, ones, ones, re2, im2);
              bcnn_dot #(.Lanes(37), .PeKind(3), .PipelineDepth(1)) u3 (clk, 1'b1, ones, ones, ones, ones, ones, live, re3, im3);
              bcnn_dot #(.Lanes(37), .PeKind(4), .PipelineDepth(1)) u4 (clk, 1'b1, ones, ones, live, ones, ones, live, re4, im4);
              initial begin
                #1 clk = 1;
                #1 $display("%0d %0d %0d %0d %0d %0d", re2, im2, re3, im3, re4, im4);
              end
            endmodule
            """);

        Assert.Equal("0 62 0 62 0 62", log.Trim());
    }

    private static string RunIcarus(string bench)
    {
        using CosimFolder folder = new();
        RtlSources sources = RtlSources.Embedded().With("bench.sv", bench);
        sources.WriteTo(folder.Path);
        Tool.Icarus.Run(folder.Path, ["-g2012", "-s", "bench", "-o", "bench.vvp", "bench.sv", .. sources.SynthesizableFiles.Where(f => f != "bench.sv")]);
        return new Tool("vvp", Tool.Icarus.Package).Run(folder.Path, ["bench.vvp"]);
    }

    private static string[] Parameters(string prefix, int lanes, int kind) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{prefix}InputLanes={lanes}"),
        string.Create(CultureInfo.InvariantCulture, $"{prefix}PeKind={kind}"),
        $"{prefix}OutputLanes=2",
        $"{prefix}PixelLanes=1",
    ];
}
