using BcnnSim.Trainer.Pruning.Structures;
using Xunit;

namespace BcnnSim.Trainer.Tests.Pruning.Structures;

public class WeightVectorTests
{
    // Differences 3 + 4i in one layer, (5, 0) + (0, 12)i in another: 5 and 13.
    private static readonly WeightVector A = new([[[4], [6]], [[5, 1], [2, 13]]]);
    private static readonly WeightVector B = new([[[1], [2]], [[0, 1], [2, 1]]]);

    /// <summary>The step rules of SLR take the sum of the layers' Frobenius norms, both parts of a layer in one.</summary>
    [Fact]
    public void A_distance_is_the_sum_of_the_norms_of_layers_and_a_squared_one_that_of_everything()
    {
        Assert.Equal(18, WeightVector.Distance(A, B));
        Assert.Equal(194, WeightVector.SquaredDistance(A, B));
        Assert.Equal((4 * 3) + (6 * 4) + (5 * 5) + (13 * 12), WeightVector.Product(A, A, B));
    }

    [Fact]
    public void Layers_left_out_have_no_part_in_any_sum()
    {
        var second = new HashSet<int> { 1 };
        Assert.Equal(13, WeightVector.Distance(A.Only(second), B.Only(second)));
        Assert.Equal(0, WeightVector.Distance(A.Only(new HashSet<int>()), B.Only(new HashSet<int>())));
    }
}
