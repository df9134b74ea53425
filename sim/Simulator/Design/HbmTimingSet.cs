using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BcnnSim.Design;

/// <summary>A named DRAM timing set: a number per row with its source.</summary>
/// <param name="Name">Of the part or preset.</param>
/// <param name="DramKilohertz">Clock the rows count; the controllers run at half of it.</param>
/// <param name="Rows">Every parameter of <see cref="HbmTiming"/> once.</param>
public sealed record HbmTimingSet(string Name, long DramKilohertz, IReadOnlyList<HbmTimingRow> Rows)
{
    /// <summary>The numbers alone.</summary>
    public HbmTiming Timing
    {
        get
        {
            JsonObject numbers = [];
            foreach (HbmTimingRow row in Rows)
            {
                numbers[row.Parameter] = row.Clocks;
            }

            return numbers.Deserialize<HbmTiming>(new JsonSerializerOptions(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase })!;
        }
    }

    /// <summary>A design on this DRAM: its timing, and the AXI clock at half its clock.</summary>
    /// <param name="design">Everything else.</param>
    /// <param name="source">Named in violations.</param>
    /// <exception cref="InputException">The set contradicts itself or the design.</exception>
    public AcceleratorDesign ApplyTo(AcceleratorDesign design, string source)
    {
        if (DramKilohertz % 2 != 0)
        {
            throw new InputException(source, "dramKilohertz", DramKilohertz.ToString(CultureInfo.InvariantCulture), "must be even: a controller cycle is two DRAM clocks", "Round it to 2 kHz");
        }

        AcceleratorDesign changed = design with { Hbm = design.Hbm with { Timing = Timing }, Clocks = design.Clocks with { AxiKilohertz = DramKilohertz / 2 } };
        IReadOnlyList<Violation> violations = DesignRules.Check(changed, source);
        return violations.Count == 0 ? changed : throw new InputException([.. violations]);
    }
}
