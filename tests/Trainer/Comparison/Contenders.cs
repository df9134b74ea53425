namespace BcnnSim.Trainer.Tests.Comparison;

/// <summary>Contenders of small comparisons, as their files spell them; their labels are their names.</summary>
internal static class Contenders
{
    public const string Magnitude = """{ "label": "magnitude", "method": { "method": "magnitude" } }""";
    public const string Slr = """{ "label": "slr", "method": { "method": "slr" } }""";
    public const string RandomGroups = """{ "label": "random", "method": null, "baseline": "random" }""";
    public const string Scratch = """{ "label": "scratch", "method": null, "baseline": "scratch" }""";
    public const string Width = """{ "label": "width", "method": null, "baseline": "width" }""";
}
