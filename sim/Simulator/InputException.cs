namespace BcnnSim;

/// <summary>Input refused: carries every violation found, not only the first. Exit code 2 on the command line.</summary>
public class InputException(IReadOnlyList<Violation> violations)
    : Exception(string.Join(Environment.NewLine, violations))
{
    public InputException(string source, string place, string value, string rule, string remedy)
        : this([new Violation(source, place, value, rule, remedy)])
    {
    }

    public IReadOnlyList<Violation> Violations { get; } = violations;
}
