using System.Globalization;
using BcnnSim.Trainer.Pruning.Methods;
using BcnnSim.Trainer.Training;

namespace BcnnSim.Trainer.Comparison;

/// <summary>iterations.csv of a row: one line per pruning epoch.</summary>
internal static class IterationTable
{
    public static void Write(string path, IReadOnlyList<PruningIteration> rows)
    {
        if (rows.Count > 0)
        {
            PhaseTable.Write(path, ["epoch", "loss", "violation", "rho", "step", "updates", "condition1", "condition2"], rows.Select(Fields));
        }
    }

    private static string[] Fields(PruningIteration row) =>
    [
        Text(row.Epoch), Text(row.Loss), Text(row.Violation), Text(row.Rho), Text(row.Step), Text(row.Updates), Text(row.Condition1), Text(row.Condition2),
    ];

    private static string Text(object? value) => value switch
    {
        null => string.Empty,
        bool flag => flag ? "1" : "0",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
