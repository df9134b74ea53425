namespace BcnnSim.Trainer.Configuration;

/// <summary>Spelling of <see cref="ArithmeticKind"/> in configurations.</summary>
internal static class ArithmeticNames
{
    public static IReadOnlyList<string> All { get; } = ["complex-binary", "complex-float", "real-binary", "real-float"];

    /// <summary>Null = complex-binary; a name that is none, which the rules refuse, counts as that too.</summary>
    public static ArithmeticKind Parse(string? name) => (ArithmeticKind)Math.Max(0, All.ToList().IndexOf(name ?? All[0]));
}
