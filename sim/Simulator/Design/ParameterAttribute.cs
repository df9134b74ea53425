namespace BcnnSim.Design;

/// <summary>Unit, range and meaning of one integer design parameter; the range rule and the parameter list are made from it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParameterAttribute(string unit, long minimum, long maximum, string meaning) : Attribute
{
    public string Unit { get; } = unit;

    public long Minimum { get; } = minimum;

    public long Maximum { get; } = maximum;

    public string Meaning { get; } = meaning;
}
