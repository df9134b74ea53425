using System.Globalization;
using System.Text;
using BcnnSim.Cosimulation.Lockstep;

namespace BcnnSim.Cosimulation.Rtl;

/// <summary>Text generated for one library: a top module with every design side by side, and the list of their ports for C++.</summary>
public static class RtlTop
{
    public const string Module = "bcnn_cosim_top";
    public const string DesignList = "designs.inc";

    public static string Verilog(IReadOnlyList<ILockstepDesign> designs)
    {
        StringBuilder text = new($"module {Module} (\n  input logic clk_i,\n  input logic rst_ni");
        for (int d = 0; d < designs.Count; d++)
        {
            text.Append(CultureInfo.InvariantCulture, $",\n  input logic [{(32 * designs[d].InputWords) - 1}:0] d{d}_i");
            text.Append(CultureInfo.InvariantCulture, $",\n  output logic [{(32 * designs[d].OutputWords) - 1}:0] d{d}_o");
        }

        text.Append("\n);\n");
        for (int d = 0; d < designs.Count; d++)
        {
            string parameters = string.Join(", ", designs[d].Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $".{p.Name}({p.Value})")));
            text.Append(CultureInfo.InvariantCulture, $"  {designs[d].BenchModule} #({parameters}) u_d{d} (.clk_i, .rst_ni, .in_i(d{d}_i), .out_o(d{d}_o));\n");
        }

        return text.Append("endmodule\n").ToString();
    }

    public static string Designs(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(d => string.Create(CultureInfo.InvariantCulture, $"BCNN_DESIGN({d})\n")));
}
