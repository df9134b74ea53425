using BcnnSim.Cosimulation.Rtl;
using Xunit;

namespace BcnnSim.Cosim.Tests;

/// <summary>A module with several sets of parameters under all three tools.</summary>
internal static class ToolAcceptance
{
    public static void Check(string top, string[] files, string[][] parameters)
    {
        using CosimFolder folder = new();
        RtlSources.Embedded().WriteTo(folder.Path);
        foreach (string[] set in parameters)
        {
            Tool.Verilator.Run(folder.Path, ["--lint-only", "-Wall", "-Wno-UNUSED", "--assert", "-DBCNN_ASSERTIONS", .. set.Select(p => "-G" + p), .. files, "--top-module", top]);
            string log = Tool.Icarus.Run(folder.Path, ["-g2012", "-Wall", .. set.Select(p => $"-P{top}.{p}"), "-s", top, "-t", "null", .. files]);
            Assert.Equal("", log);
            string chosen = string.Concat(set.Select(p => " -chparam " + p.Replace('=', ' ')));
            string yosys = Tool.Yosys.Run(folder.Path, ["-p", $"read_verilog -sv {string.Join(' ', files)}; hierarchy -check -top {top}{chosen}; proc; check -assert; stat"]);
            Assert.DoesNotContain("$dlatch", yosys, StringComparison.Ordinal);
        }
    }
}
