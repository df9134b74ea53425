using System.Collections.Frozen;

namespace BcnnSim.Trainer.Configuration;

/// <summary>Names of pruning methods, the numbers each of them uses, and the ranges of these.</summary>
internal static class MethodRules
{
    public const string Magnitude = "magnitude";
    public const string Penalty = "penalty";
    public const string Admm = "admm";
    public const string Slr = "slr";
    public const string Reweighted = "reweighted";
    public const string GroupLasso = "group-lasso";
    public const string Lasso = "l1";

    private static readonly FrozenDictionary<string, string[]> Known = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Magnitude] = [],
        [Penalty] = ["rho", "rhoGrowth"],
        [Admm] = ["rho", "growth", "stages", "dualStep", "step", "stopBelow"],
        [Slr] = ["rho", "step", "m", "r", "rhoGrowth", "epochLoss"],
        [Reweighted] = ["lambda", "epsilon", "squared", "bounded"],
        [GroupLasso] = ["lambda"],
        [Lasso] = ["lambda"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every name, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = [Magnitude, Penalty, Admm, Slr, Reweighted, GroupLasso, Lasso];

    /// <param name="settings">As read.</param>
    /// <param name="place">Key of the object that holds method and parameters.</param>
    /// <param name="rule">Takes what is broken.</param>
    public static void Check(MethodSettings settings, string place, RuleCheck rule)
    {
        bool known = Known.TryGetValue(settings.Method, out string[]? used);
        rule(known, $"{place}.method", settings.Method, $"must be one of {string.Join(", ", Names)}", "magnitude is the baseline of every table");
        foreach ((string key, object value, bool good, string range) in Given(settings.Parameters ?? new(), settings.Method))
        {
            string where = $"{place}.parameters.{key}";
            string uses = used is { Length: > 0 } ? string.Join(", ", used) : "no numbers at all";
            rule(!known || used!.Contains(key), where, value, $"is not used by {settings.Method}, which takes {uses}", "Remove the key: it would change nothing", $"{place}.method");
            rule(good, where, value, range, "Leave it out for the documented default");
        }

        bool twice = settings is { Method: Admm, Parameters: { DualStep: not null, Step: not null } };
        rule(!twice, $"{place}.parameters.step", settings.Parameters?.Step, "must be left out beside dualStep: both set the step of the multipliers", "Remove one of them", $"{place}.parameters.dualStep");
    }

    private static IEnumerable<(string Key, object Value, bool Good, string Range)> Given(MethodParameters p, string method)
    {
        bool zero = method == Slr;
        (string, object?, bool, string)[] all =
        [
            ("rho", p.Rho, p.Rho <= 1000 && (p.Rho > 0 || (zero && p.Rho >= 0)), zero ? "must lie in [0, 1000]" : "must lie in (0, 1000]"),
            ("growth", p.Growth, p.Growth is >= 1 and <= 1000, "must lie in [1, 1000]"),
            ("stages", p.Stages, p.Stages is >= 1 and <= 100, "must lie in 1..100"),
            ("dualStep", p.DualStep, p.DualStep is > 0 and <= 1000, "must lie in (0, 1000]"),
            ("step", p.Step, p.Step is > 0 and <= 1000, "must lie in (0, 1000]"),
            ("stopBelow", p.StopBelow, p.StopBelow is > 0 and < 1, "must lie in (0, 1): 0.05 is usual"),
            ("m", p.M, p.M is > 1 and <= 1e9, "must lie in (1, 1e9]: the step shrinks by 1 - 1/(M k^p)"),
            ("r", p.R, p.R is > 0 and <= 10, "must lie in (0, 10]"),
            ("rhoGrowth", p.RhoGrowth, p.RhoGrowth is >= 1 and <= 1000, "must lie in [1, 1000]"),
            ("epochLoss", p.EpochLoss, true, string.Empty),
            ("lambda", p.Lambda, p.Lambda is > 0 and <= 1000, "must lie in (0, 1000]"),
            ("epsilon", p.Epsilon, p.Epsilon is > 0 and <= 1, "must lie in (0, 1]"),
            ("squared", p.Squared, true, string.Empty),
            ("bounded", p.Bounded, true, string.Empty),
        ];
        return all.Where(item => item.Item2 is not null).Select(item => (item.Item1, item.Item2!, item.Item3, item.Item4));
    }
}
