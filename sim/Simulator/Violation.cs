namespace BcnnSim;

/// <summary>One broken rule of an input.</summary>
/// <param name="Source">File or flag.</param>
/// <param name="Place">Node, key, line or byte offset within it.</param>
/// <param name="Value">The offending value as read.</param>
/// <param name="Rule">What it breaks.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Violation(string Source, string Place, string Value, string Rule, string Remedy)
{
    public override string ToString() => $"{Source}: {Place}: {Value}: {Rule}. {Remedy}.";
}
