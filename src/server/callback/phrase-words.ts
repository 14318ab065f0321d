// The words of caller phrases: neutral, everyday, told apart by ear; no names of people, nothing of parties, faiths, bodies or insults.

export type PhraseWord = { hi: string; en: string };
const list = (pairs: string): readonly PhraseWord[] =>
  pairs
    .trim()
    .split(/\s*,\s*/)
    .map((pair) => {
      const [hi = '', en = ''] = pair.split(' ');
      return { hi, en };
    });

/** First words: what grows, lives, is eaten, or is seen outdoors. The position is stored; append only, never reorder. */
export const FIRST_WORDS = list(`
  नीम Neem, बरगद Bargad, गुलमोहर Gulmohar, गेंदा Genda, सूरजमुखी Surajmukhi, इमली Imli, नारियल Nariyal, जामुन Jamun,
  आसमान Aasman, बारिश Barish, रेगिस्तान Registan, पहाड़ Pahaad, तालाब Talab, झील Jheel, नदी Nadi, समुद्र Samudra,
  मोर Mor, तोता Tota, कबूतर Kabootar, गौरैया Gauraiya, बत्तख Battakh, जुगनू Jugnu, चींटी Cheenti, गिलहरी Gilahri,
  खरगोश Khargosh, हिरन Hiran, ऊंट Oont, कछुआ Kachhua, मेंढक Mendhak, घोड़ा Ghoda, कोयल Koyal, सिंघाड़ा Singhada,
  मिट्टी Mitti, घास Ghaas, पत्ता Patta, टहनी Tahni, अदरक Adrak, पुदीना Pudina, हल्दी Haldi, जीरा Jeera,
  इलायची Elaichi, सरसों Sarson, गेहूं Gehun, चावल Chawal, गोभी Gobhi, आलू Aloo, टमाटर Tamatar, प्याज Pyaz,
  भिंडी Bhindi, मूंगफली Moongphali, अखरोट Akhrot, किशमिश Kishmish, मखाना Makhana, नमक Namak, शक्कर Shakkar, पनीर Paneer,
  रोटी Roti, खिचड़ी Khichdi, अंगूर Angoor, कोहरा Kohra, सुबह Subah, दोपहर Dopahar, इंद्रधनुष Indradhanush, मैदान Maidan
`);

/** Second words: things of house, road and market. The position is stored; append only, never reorder. */
export const SECOND_WORDS = list(`
  पतंग Patang, किताब Kitab, कलम Kalam, पेंसिल Pencil, कागज Kagaz, चिट्ठी Chitthi, लिफाफा Lifafa, टिकट Ticket,
  नक्शा Naksha, घड़ी Ghadi, चश्मा Chashma, छतरी Chhatri, दरवाजा Darwaza, खिड़की Khidki, दीवार Deewar, आंगन Aangan,
  सीढ़ी Seedhi, कुर्सी Kursi, मेज Mez, अलमारी Almari, पंखा Pankha, टॉर्च Torch, रेडियो Radio, तबला Tabla,
  ढोलक Dholak, हारमोनियम Harmonium, झूला Jhoola, लट्टू Lattu, शतरंज Shatranj, फाटक Phatak, कहानी Kahani, नाव Naav,
  बैटरी Battery, रेलगाड़ी Relgadi, ट्रैक्टर Tractor, पहिया Pahiya, सड़क Sadak, चौराहा Chauraha, बाजार Bazaar, दुकान Dukan,
  डाकघर Dakghar, बाल्टी Balti, सुराही Surahi, थाली Thali, चम्मच Chammach, कटोरी Katori, गिलास Gilas, केतली Ketli,
  मोमबत्ती Mombatti, तराजू Taraju, चाबी Chabi, डिब्बा Dibba, गुल्लक Gullak, रूमाल Rumal, स्वेटर Sweater, बटन Button,
  धागा Dhaga, गमला Gamla, दस्ताना Dastana, कंघी Kanghi, साबुन Sabun, सिक्का Sikka, फुटबॉल Football, कैलेंडर Calendar
`);
