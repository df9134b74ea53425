namespace BcnnSim.Numerics;

/// <summary>A complex integer sum; the range of every layer is checked to fit 32 bits when the network is read.</summary>
public readonly record struct ComplexSum(int Re, int Im)
{
    public static ComplexSum operator +(ComplexSum a, ComplexSum b) => new(a.Re + b.Re, a.Im + b.Im);

    /// <summary>Times 2^plane: weight of a bit plane of the first layer.</summary>
    public ComplexSum Shifted(int plane) => new(Re << plane, Im << plane);

    public override string ToString() => $"{Re}{(Im < 0 ? "" : "+")}{Im}i";
}
