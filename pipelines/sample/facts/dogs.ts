/** Dog breeds. Columns: name|country|kind. */
export const dogs = `
German Shepherd|Germany|herding dog
Dachshund|Germany|hunting dog
Rottweiler|Germany|working dog
Dobermann|Germany|working dog
Great Dane|Germany|working dog
Weimaraner|Germany|hunting dog
Boxer|Germany|working dog
Border Collie|the United Kingdom|herding dog
Golden Retriever|the United Kingdom|hunting dog
English Bulldog|the United Kingdom|companion dog
Beagle|the United Kingdom|hunting dog
Whippet|the United Kingdom|hunting dog
Pembroke Welsh Corgi|the United Kingdom|herding dog
Yorkshire Terrier|the United Kingdom|companion dog
Irish Setter|Ireland|hunting dog
Irish Wolfhound|Ireland|hunting dog
Kerry Blue Terrier|Ireland|hunting dog
Pug|China|companion dog
Pekingese|China|companion dog
Chow Chow|China|
Shar Pei|China|
Akita|Japan|working dog
Shiba Inu|Japan|hunting dog
Siberian Husky|Russia|working dog
Samoyed|Russia|working dog
Borzoi|Russia|hunting dog
Saint Bernard|Switzerland|working dog
Bernese Mountain Dog|Switzerland|working dog
Briard|France|herding dog
Brittany|France|hunting dog
Papillon|France|companion dog
Komondor|Hungary|herding dog
Puli|Hungary|herding dog
Vizsla|Hungary|hunting dog
Belgian Malinois|Belgium|herding dog
Keeshond|the Netherlands|companion dog
Norwegian Elkhound|Norway|hunting dog
Finnish Spitz|Finland|hunting dog
Basenji|the Republic of the Congo|hunting dog
Rhodesian Ridgeback|Zimbabwe|hunting dog
Chihuahua|Mexico|companion dog
Alaskan Malamute|the United States|working dog
Boston Terrier|the United States|companion dog
Lhasa Apso|China|companion dog
Tibetan Mastiff|China|working dog
Australian Cattle Dog|Australia|herding dog
Canaan Dog|Israel|working dog
Afghan Hound|Afghanistan|hunting dog
Saluki||hunting dog
Maltese dog||companion dog
`;
